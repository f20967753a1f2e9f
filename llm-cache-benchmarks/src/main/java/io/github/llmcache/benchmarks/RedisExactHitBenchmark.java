package io.github.llmcache.benchmarks;

import java.util.Objects;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

import io.github.llmcache.benchmarks.peer.Contender;

/**
 * The same prompt again, on Redis, from one connection.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class RedisExactHitBenchmark {

	/** What is called. */
	@Param({ "CACHEABLE_REDIS", "LETTUCE_GET", "LLM_CACHED_REDIS", "LLM_CACHED_REDIS_SEMANTIC", "CACHEABLE_REDISSON",
			"JETCACHE_REMOTE" })
	public Contender contender = Contender.PLAIN;

	private @Nullable StoredAnswers answers;

	/**
	 * Start the application and store the answers.
	 */
	@Setup
	public void start() {
		this.answers = new StoredAnswers(this.contender, AnswerKind.TEXT, 0);
	}

	/**
	 * Stop the application.
	 */
	@TearDown
	public void stop() {
		Objects.requireNonNull(this.answers).close();
	}

	/**
	 * Ask again.
	 * @return the answer
	 */
	@Benchmark
	public Object exactHit() {
		return Objects.requireNonNull(this.answers).next();
	}

}
