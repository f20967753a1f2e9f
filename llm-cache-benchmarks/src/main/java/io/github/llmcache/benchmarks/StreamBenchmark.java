package io.github.llmcache.benchmarks;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.github.llmcache.annotation.LlmCached;

/**
 * Time to the first element of a stream, with and without the annotation, from a model
 * that needs {@code firstToken} milliseconds for it. The baseline is {@link #plain()}.
 * Each miss is another question, looked up among 1,000 others and embedded.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 5)
@Measurement(iterations = 3, time = 10)
@Fork(1)
public class StreamBenchmark {

	private static final int STORED = 1_000;

	/** Milliseconds until the model gives its first token. */
	@Param({ "0", "300" })
	public int firstToken;

	private final AtomicLong questions = new AtomicLong();

	private @Nullable ConfigurableApplicationContext context;

	private Assistant annotated = new Assistant(0);

	private Assistant plain = new Assistant(0);

	/**
	 * Start the cache and fill it.
	 */
	@Setup
	public void start() {
		ConfigurableApplicationContext started = new SpringApplicationBuilder(Application.class)
			.web(WebApplicationType.NONE)
			.properties("llm-cache.store=memory", "spring.main.banner-mode=off",
					"benchmark.first-token=" + this.firstToken)
			.run();
		this.context = started;
		this.annotated = started.getBean(Assistant.class);
		this.plain = new Assistant(this.firstToken);
		Flux.range(0, STORED).flatMap((i) -> this.annotated.ask(question(), "small").then(), 64).blockLast();
	}

	/**
	 * Stop the cache.
	 */
	@TearDown
	public void stop() {
		if (this.context != null) {
			this.context.close();
		}
	}

	/**
	 * The baseline.
	 * @return the first element
	 */
	@Benchmark
	public @Nullable String plain() {
		return this.plain.ask(question(), "small").blockFirst();
	}

	/**
	 * With the annotation, when the answer is not in the cache.
	 * @return the first element
	 */
	@Benchmark
	public @Nullable String miss() {
		return this.annotated.ask(question(), "small").blockFirst();
	}

	/**
	 * With the annotation, when it is.
	 * @return the first element
	 */
	@Benchmark
	public @Nullable String hit() {
		return this.annotated.ask("How do I cancel order number 7?", "small").blockFirst();
	}

	private String question() {
		return "How do I cancel order number " + this.questions.incrementAndGet() + "?";
	}

	/**
	 * Asks a model that streams ten tokens, all at once after the first.
	 */
	public static class Assistant {

		private final int firstToken;

		Assistant(int firstToken) {
			this.firstToken = firstToken;
		}

		/**
		 * Ask.
		 * @param prompt the question
		 * @param model the model
		 * @return the tokens
		 */
		@LlmCached(task = "support", semantic = true)
		public Flux<String> ask(String prompt, String model) {
			return Mono.delay(Duration.ofMillis(this.firstToken))
				.thenMany(Flux.range(1, 10).map((i) -> prompt.hashCode() + " token " + i));
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		Assistant assistant(@Value("${benchmark.first-token}") int firstToken) {
			return new Assistant(firstToken);
		}

	}

}
