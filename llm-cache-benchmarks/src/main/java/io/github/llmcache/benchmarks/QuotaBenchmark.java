package io.github.llmcache.benchmarks;

import java.time.Clock;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

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
import io.github.llmcache.store.ScopeQuota;
import io.github.llmcache.store.memory.MemoryCacheStore;
import io.github.llmcache.store.memory.MemoryLimits;

/**
 * What a quota for scopes costs a hit and a miss in the embedded store.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
public class QuotaBenchmark {

	private static final int SCOPES = 100;

	private static final long ENTRIES = 200;

	/** Whether there is a quota. */
	@Param({ "OFF", "ON" })
	public Quota quota = Quota.OFF;

	private @Nullable LlmCache cache;

	private int asked;

	/**
	 * Fill each scope up to what its quota is.
	 */
	@Setup
	public void fill() {
		ScopeQuota limit = (this.quota == Quota.ON) ? new ScopeQuota(ENTRIES, 64L << 20) : ScopeQuota.UNLIMITED;
		MemoryLimits limits = new MemoryLimits(SCOPES * ENTRIES, 1L << 28, limit);
		this.cache = new LlmCacheBuilder(
				new MemoryCacheStore(limits,
						new VectorIndexFactory(VectorIndexFactory.DEFAULT_GRAPH_THRESHOLD, Runnable::run),
						Clock.systemUTC(), LlmCacheListener.NO_OP),
				new JacksonPayloadCodec(JsonMapper.builder().build()), new DigestPromptKeyGenerator())
			.build();
		for (int i = 0; i < SCOPES * ENTRIES; i++) {
			ask("question " + i, i % SCOPES);
		}
		if (exactHit().outcome() != Outcome.EXACT) {
			throw new IllegalStateException("The benchmark would measure something else");
		}
	}

	/**
	 * A hit by the same prompt, in one of the scopes.
	 * @return the answer
	 */
	@Benchmark
	public CachedAnswer<String> exactHit() {
		int latest = (int) (SCOPES * ENTRIES) - 1 - (this.asked++ & 1023);
		return ask("question " + latest, latest % SCOPES);
	}

	/**
	 * A miss, whose answer makes an older one go.
	 * @return the answer
	 */
	@Benchmark
	public CachedAnswer<String> miss() {
		int next = this.asked++;
		return ask("another question " + next, next % SCOPES);
	}

	private CachedAnswer<String> ask(String prompt, int scope) {
		CacheRequest<String> request = CacheRequest.forTask("support", String.class)
			.prompt(prompt)
			.scope("tenant " + scope)
			.build();
		return Objects.requireNonNull(this.cache).get(request, () -> "Open Settings and choose Appearance.");
	}

	/**
	 * Whether there is a quota.
	 */
	public enum Quota {

		/** Scopes are not limited. */
		OFF,

		/** Each scope is at its limit. */
		ON

	}

}
