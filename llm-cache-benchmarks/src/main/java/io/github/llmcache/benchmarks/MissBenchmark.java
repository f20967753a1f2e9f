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
import io.github.llmcache.benchmarks.peer.Questions;

/**
 * A miss in memory: another prompt each time, matched exactly; the model takes no time.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class MissBenchmark {

	/** What is called. */
	@Param({ "CACHEABLE_CAFFEINE", "LLM_CACHED", "JETCACHE_LOCAL" })
	public Contender contender = Contender.PLAIN;

	private @Nullable SupportDesk desk;

	private int asked;

	/**
	 * Start the application and store what is to be found.
	 */
	@Setup
	public void start() {
		this.desk = new SupportDesk(this.contender, 0);
	}

	/**
	 * Stop the application.
	 */
	@TearDown
	public void stop() {
		Objects.requireNonNull(this.desk).close();
	}

	/**
	 * Ask what nobody has asked.
	 * @return the answer
	 */
	@Benchmark
	public String miss() {
		return Objects.requireNonNull(this.desk).ask(Questions.unlike(this.asked++));
	}

}
