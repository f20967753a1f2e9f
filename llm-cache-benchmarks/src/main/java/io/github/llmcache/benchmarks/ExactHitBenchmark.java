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
 * The same prompt again, in memory.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ExactHitBenchmark {

	/** What is called. */
	@Param({ "CACHEABLE_CAFFEINE", "LLM_CACHED", "LLM_CACHED_SEMANTIC", "JETCACHE_LOCAL" })
	public Contender contender = Contender.PLAIN;

	/** What is returned. */
	@Param({ "TEXT", "RECORD" })
	public AnswerKind answer = AnswerKind.TEXT;

	private @Nullable StoredAnswers answers;

	/**
	 * Start the application and store the answers.
	 */
	@Setup
	public void start() {
		this.answers = new StoredAnswers(this.contender, this.answer, 0);
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
