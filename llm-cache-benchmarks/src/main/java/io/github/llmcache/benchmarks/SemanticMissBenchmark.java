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
 * Another question each time, among 1,000 stored ones; the model takes no time.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class SemanticMissBenchmark {

	/** What is called. */
	@Param({ "ONNX_RUNTIME", "EMBEDDER_AND_INDEX", "LLM_CACHED_SEMANTIC", "LLM_CACHED_GUARDS",
			"LLM_CACHED_REDIS_SEMANTIC" })
	public Contender contender = Contender.PLAIN;

	/** Whether the question is like stored ones. */
	@Param({ "LOOKALIKE", "UNLIKE" })
	public Likeness question = Likeness.UNLIKE;

	private @Nullable SupportDesk desk;

	private int asked;

	/**
	 * Start the application and store what is to be found.
	 */
	@Setup
	public void start() {
		this.desk = new SupportDesk(this.contender, 1_000);
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
	public String semanticMiss() {
		return Objects.requireNonNull(this.desk).ask(this.question.question(this.asked++));
	}

}
