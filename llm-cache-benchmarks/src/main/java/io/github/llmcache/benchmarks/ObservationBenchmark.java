package io.github.llmcache.benchmarks;

import java.time.Clock;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
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
import tools.jackson.databind.json.JsonMapper;

import io.github.llmcache.answer.CachedAnswer;
import io.github.llmcache.answer.Outcome;
import io.github.llmcache.codec.JacksonPayloadCodec;
import io.github.llmcache.core.CacheRequest;
import io.github.llmcache.core.LlmCache;
import io.github.llmcache.core.LlmCacheBuilder;
import io.github.llmcache.event.LlmCacheListener;
import io.github.llmcache.index.VectorIndexFactory;
import io.github.llmcache.key.DigestPromptKeyGenerator;
import io.github.llmcache.observation.ObservationStepObserver;
import io.github.llmcache.store.memory.MemoryCacheStore;
import io.github.llmcache.store.memory.MemoryLimits;
import io.github.llmcache.trace.StepObserver;

/**
 * What observations cost an exact hit in the embedded store, within an observation of the
 * caller's, with meters as their only handler.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
public class ObservationBenchmark {

	private static final int PROMPTS = 1_024;

	/** What is observed. */
	@Param({ "OFF", "ON", "EXACT_HITS" })
	public Observed observed = Observed.OFF;

	private Observation.@Nullable Scope caller;

	private @Nullable LlmCache cache;

	private int asked;

	/**
	 * Store the answers, and begin what the caller observes.
	 */
	@Setup
	public void fill() {
		ObservationRegistry registry = ObservationRegistry.create();
		registry.observationConfig().observationHandler(new DefaultMeterObservationHandler(new SimpleMeterRegistry()));
		this.caller = Observation.start("caller", registry).openScope();
		this.cache = new LlmCacheBuilder(
				new MemoryCacheStore(new MemoryLimits(PROMPTS, 1L << 28),
						new VectorIndexFactory(VectorIndexFactory.DEFAULT_GRAPH_THRESHOLD, Runnable::run),
						Clock.systemUTC(), LlmCacheListener.NO_OP),
				new JacksonPayloadCodec(JsonMapper.builder().build()), new DigestPromptKeyGenerator())
			.observer(observer(registry))
			.build();
		for (int i = 0; i < PROMPTS; i++) {
			exactHit();
		}
		if (exactHit().outcome() != Outcome.EXACT) {
			throw new IllegalStateException("The benchmark would measure something else");
		}
	}

	private StepObserver observer(ObservationRegistry registry) {
		return (this.observed == Observed.OFF) ? StepObserver.NONE
				: new ObservationStepObserver(registry, this.observed == Observed.EXACT_HITS);
	}

	/**
	 * End what the caller observes.
	 */
	@TearDown
	public void end() {
		Objects.requireNonNull(this.caller).close();
	}

	/**
	 * A hit by the same prompt.
	 * @return the answer
	 */
	@Benchmark
	public CachedAnswer<String> exactHit() {
		CacheRequest<String> request = CacheRequest.forTask("support", String.class)
			.prompt("question " + this.asked++ % PROMPTS)
			.build();
		return Objects.requireNonNull(this.cache).get(request, () -> "Open Settings and choose Appearance.");
	}

	/**
	 * What is observed.
	 */
	public enum Observed {

		/** Nothing. */
		OFF,

		/** Every step but exact hits, as is the default in memory. */
		ON,

		/** Every step, and exact hits as well. */
		EXACT_HITS

	}

}
