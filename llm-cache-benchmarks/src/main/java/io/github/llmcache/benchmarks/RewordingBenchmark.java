package io.github.llmcache.benchmarks;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

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
 * The wordings of 16 questions in turn: those whose answers were stored, or others that
 * were served before.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class RewordingBenchmark {

	private static final int QUESTIONS = 16;

	/** How the questions are worded. */
	@Param({ "STORED", "REPEATED" })
	public Wording contender = Wording.STORED;

	private @Nullable SupportDesk desk;

	private List<String> questions = List.of();

	private int asked;

	/**
	 * Start the application and store what is to be found.
	 */
	@Setup
	public void start() {
		this.desk = new SupportDesk(Contender.LLM_CACHED_SEMANTIC, 1_000);
		this.questions = IntStream.range(0, QUESTIONS).mapToObj(this.contender::question).toList();
	}

	/**
	 * Stop the application.
	 */
	@TearDown
	public void stop() {
		Objects.requireNonNull(this.desk).close();
	}

	/**
	 * Ask in the next wording.
	 * @return the answer
	 */
	@Benchmark
	public String ask() {
		return Objects.requireNonNull(this.desk).ask(this.questions.get(this.asked++ % QUESTIONS));
	}

}
