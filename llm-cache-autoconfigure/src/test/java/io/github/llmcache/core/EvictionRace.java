package io.github.llmcache.core;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;

import reactor.core.publisher.Flux;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.ParameterizedTypeReference;

import io.github.llmcache.answer.CachedAnswer;
import io.github.llmcache.codec.JacksonPayloadCodec;
import io.github.llmcache.embedding.AngleEmbedder;
import io.github.llmcache.key.DigestPromptKeyGenerator;
import io.github.llmcache.policy.Accuracy;
import io.github.llmcache.policy.CachePolicy;
import io.github.llmcache.policy.Staleness;
import io.github.llmcache.reactive.ReactiveLlmCache;
import io.github.llmcache.store.EvictionSelector;
import io.github.llmcache.store.SemanticCacheStore;
import io.github.llmcache.verify.MatchVerifier.Verdict;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Callers of the cache against threads that change the source of its answers and evict,
 * each on one of the instances that share a store. An answer is the source's version.
 * Lasts {@code llm-cache.race.seconds}, by default one.
 */
public final class EvictionRace {

	private static final Duration DURATION = Duration.ofSeconds(Long.getLong("llm-cache.race.seconds", 1));

	private static final int CALLERS = 6;

	private static final int EVICTORS = 2;

	private static final int QUESTIONS = 2;

	private static final int WORDINGS = 12;

	/** Others in the partition, so that removing takes its time. */
	private static final int OTHERS = 200;

	private static final List<EvictionSelector> WHOLE = List.of(EvictionSelector.all(), EvictionSelector.task("race"),
			EvictionSelector.all().withScope("scope"), EvictionSelector.all().withModel("model"));

	private static final List<EvictionSelector> SELECTIVE = List.of(EvictionSelector.all().withTag("tag"),
			EvictionSelector.task("race").withPromptPattern("question *"));

	private static final ParameterizedTypeReference<List<Long>> VERSIONS = new ParameterizedTypeReference<>() {
	};

	private final Mode mode;

	private final List<LlmCache> instances;

	private final ExecutorService executor = Executors.newCachedThreadPool();

	private final AtomicLong source = new AtomicLong();

	private final AtomicLong evicted = new AtomicLong();

	private final AtomicLong hits = new AtomicLong();

	private final AtomicLong outdated = new AtomicLong();

	public EvictionRace(Mode mode, List<? extends SemanticCacheStore> stores) {
		this.mode = mode;
		this.instances = stores.stream().map(this::cache).toList();
	}

	/**
	 * Run the race.
	 */
	public void run(String where) throws Exception {
		for (int i = 0; i < OTHERS; i++) {
			this.instances.get(0).get(request("other " + i), () -> Long.MAX_VALUE);
		}
		try {
			List<Future<Void>> threads = new ArrayList<>();
			for (int i = 0; i < CALLERS + EVICTORS; i++) {
				LlmCache cache = this.instances.get(i % this.instances.size());
				threads.add(this.executor.submit(repeat((i < CALLERS) ? () -> ask(cache) : () -> evict(cache))));
			}
			for (Future<Void> thread : threads) {
				thread.get(DURATION.toSeconds() + 60, TimeUnit.SECONDS);
			}
		}
		finally {
			this.executor.shutdownNow();
		}
		System.out.println("Eviction race, " + this.mode + ", " + where + ", " + DURATION.toSeconds() + " s: "
				+ this.source + " evictions, " + this.hits + " hits, " + this.outdated + " outdated");
		assertThat(this.hits).as("answers served").hasPositiveValue();
		assertThat(this.outdated).as("outdated answers").hasValue(0);
	}

	private static Callable<Void> repeat(Runnable action) {
		return () -> {
			long end = System.nanoTime() + DURATION.toNanos();
			while (System.nanoTime() < end) {
				action.run();
			}
			return null;
		};
	}

	private void ask(LlmCache cache) {
		ThreadLocalRandom random = ThreadLocalRandom.current();
		String prompt = "question " + random.nextInt(QUESTIONS) + " wording " + random.nextInt(WORDINGS);
		long oldest = this.evicted.get();
		try {
			check(answer(cache, prompt), oldest);
		}
		catch (CompletionException | Overloaded ex) {
			// the model's; nothing was served instead
		}
	}

	private CachedAnswer<Long> answer(LlmCache cache, String prompt) {
		return switch (this.mode) {
			case FUTURE ->
				cache.getAsync(request(prompt), () -> CompletableFuture.supplyAsync(this::load, this.executor)).join();
			case STREAM -> new ReactiveLlmCache(cache).flux(builder(CacheRequest.forTask("race", VERSIONS), prompt),
					() -> Flux.<Long>defer(() -> Flux.just(this.source.get(), load())))
				.blockFirst();
			default -> cache.get(request(prompt), this::load);
		};
	}

	private long load() {
		long version = this.source.get();
		pause(500);
		if (this.mode == Mode.STALE && ThreadLocalRandom.current().nextInt(4) > 0) {
			throw new Overloaded();
		}
		return version;
	}

	private void check(CachedAnswer<Long> answer, long oldest) {
		if (answer.isHit()) {
			this.hits.incrementAndGet();
		}
		if (answer.value() < oldest) {
			this.outdated.incrementAndGet();
		}
	}

	private void evict(LlmCache cache) {
		long version = this.source.incrementAndGet();
		List<EvictionSelector> selectors = (this.mode == Mode.SELECTIVE || version % 2 == 0) ? SELECTIVE : WHOLE;
		cache.evict(selectors.get((int) (version / 2 % selectors.size())));
		this.evicted.accumulateAndGet(version, Math::max);
		pause(3_000);
	}

	private static void pause(int micros) {
		LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(ThreadLocalRandom.current().nextInt(micros)));
	}

	private LlmCache cache(SemanticCacheStore store) {
		AngleEmbedder embedder = new AngleEmbedder("angles");
		for (int i = 0; i < OTHERS; i++) {
			embedder.at(180, "other " + i);
		}
		for (int i = 0; i < QUESTIONS * WORDINGS; i++) {
			embedder.at(90.0 * (i % QUESTIONS), "question " + i % QUESTIONS + " wording " + i / QUESTIONS);
		}
		return new LlmCacheBuilder(store, new JacksonPayloadCodec(JsonMapper.builder().build()),
				new DigestPromptKeyGenerator())
			.semantic(embedder, (match) -> Verdict.accept())
			.policies((task, requested) -> this.mode.policy())
			.executor(this.executor, UnaryOperator.identity())
			.build();
	}

	private static CacheRequest<Long> request(String prompt) {
		return builder(CacheRequest.forTask("race", Long.class), prompt);
	}

	private static <T> CacheRequest<T> builder(CacheRequest.Builder<T> builder, String prompt) {
		return builder.prompt(prompt)
			.model("model")
			.scope("scope")
			.tag(prompt.startsWith("question") ? "tag" : "other")
			.build();
	}

	/**
	 * How answers get to their callers.
	 */
	public enum Mode {

		SEMANTIC(Duration.ofMinutes(1), Staleness.NONE),

		REFRESH(Duration.ofMinutes(1), new Staleness(Duration.ofMillis(1), Duration.ZERO, List.of())),

		FUTURE(Duration.ofMinutes(1), Staleness.NONE),

		STREAM(Duration.ofMinutes(1), Staleness.NONE),

		STALE(Duration.ofMillis(1), new Staleness(Duration.ZERO, Duration.ofMinutes(1), List.of(Overloaded.class))),

		SELECTIVE(Duration.ofMinutes(1), Staleness.NONE);

		private final Duration ttl;

		private final Staleness staleness;

		Mode(Duration ttl, Staleness staleness) {
			this.ttl = ttl;
			this.staleness = staleness;
		}

		CachePolicy policy() {
			return new CachePolicy(this.ttl, true, 0.9, 3, 1_000, Accuracy.UNMEASURED, this.staleness, 0);
		}

	}

	/**
	 * What the model throws now and then.
	 */
	private static final class Overloaded extends RuntimeException {

		private Overloaded() {
			super("overloaded");
		}

	}

}
