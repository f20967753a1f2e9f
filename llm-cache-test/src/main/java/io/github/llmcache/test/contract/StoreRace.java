package io.github.llmcache.test.contract;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.github.llmcache.store.CacheEntry;
import io.github.llmcache.store.CacheKey;
import io.github.llmcache.store.CacheStore;
import io.github.llmcache.store.EvictionSelector;
import io.github.llmcache.store.Partition;
import io.github.llmcache.store.SemanticCacheStore;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Threads that load answers out of a source that changes, against threads that change it
 * and evict, each on one of the instances of a store. An answer is the source's version.
 */
public final class StoreRace {

	private static final Duration DURATION = Duration.ofSeconds(2);

	private static final int THREADS = 6;

	private static final Partition PARTITION = Entries.partition("race", "model", null, "scope");

	private static final String GROUP = "00112233445566ff";

	private static final List<EvictionSelector> SELECTORS = List.of(EvictionSelector.all(),
			EvictionSelector.task("race"), EvictionSelector.all().withScope("scope"),
			EvictionSelector.all().withModel("model"), EvictionSelector.all().withTag("tag"),
			EvictionSelector.all().withPromptPattern("prompt *"));

	private final List<? extends CacheStore> instances;

	private final Entries entries;

	private final Duration duration;

	private final AtomicLong source = new AtomicLong();

	private final AtomicLong evicted = new AtomicLong();

	private final AtomicLong hits = new AtomicLong();

	/**
	 * A short race on one instance.
	 * @param store the store
	 * @param entries makes what is stored
	 */
	public StoreRace(CacheStore store, Entries entries) {
		this(List.of(store), entries, DURATION);
	}

	public StoreRace(List<? extends CacheStore> instances, Entries entries, Duration duration) {
		this.instances = instances;
		this.entries = entries;
		this.duration = duration;
	}

	/**
	 * Run the race.
	 * @return how many answers were served
	 */
	public long run() throws Exception {
		ExecutorService executor = Executors.newFixedThreadPool(THREADS);
		try {
			List<Future<Void>> threads = new ArrayList<>();
			for (int i = 0; i < THREADS; i++) {
				CacheStore store = this.instances.get(i % this.instances.size());
				threads.add(executor.submit(repeat((i < THREADS / 2) ? () -> ask(store) : () -> evict(store))));
			}
			for (Future<Void> thread : threads) {
				thread.get(this.duration.toSeconds() + 60, TimeUnit.SECONDS);
			}
		}
		finally {
			executor.shutdownNow();
		}
		assertThat(this.hits).as("answers served").hasPositiveValue();
		return this.hits.get();
	}

	private Callable<Void> repeat(Runnable action) {
		return () -> {
			long end = System.nanoTime() + this.duration.toNanos();
			while (System.nanoTime() < end) {
				action.run();
			}
			return null;
		};
	}

	private void ask(CacheStore store) {
		long oldest = this.evicted.get();
		String prompt = "prompt " + ThreadLocalRandom.current().nextInt(8);
		CacheKey key = Entries.key(PARTITION, prompt);
		CacheStore.Finding lookup = store.find(key);
		if (lookup.entry() != null) {
			this.hits.incrementAndGet();
			check(lookup.entry(), oldest);
		}
		else {
			String answer = Long.toString(this.source.get());
			pause(500);
			CacheEntry entry = this.entries.entry(prompt, answer, Entries.vector(0), Set.of("tag"));
			store.put(key, entry, lookup.generation());
			if (store instanceof SemanticCacheStore semanticStore) {
				semanticStore.regroup(key, entry.group(), GROUP, lookup.generation());
			}
		}
		if (store instanceof SemanticCacheStore semanticStore) {
			long oldestSimilar = this.evicted.get();
			semanticStore.findSimilar(PARTITION, Entries.vector(0), 3, 0.9)
				.forEach((candidate) -> check(candidate.entry(), oldestSimilar));
		}
	}

	private void evict(CacheStore store) {
		long version = this.source.incrementAndGet();
		store.evict(SELECTORS.get((int) (version % SELECTORS.size())));
		this.evicted.accumulateAndGet(version, Math::max);
		pause(5_000);
	}

	private static void pause(int spins) {
		for (int i = ThreadLocalRandom.current().nextInt(spins); i > 0; i--) {
			Thread.onSpinWait();
		}
	}

	private static void check(CacheEntry entry, long oldest) {
		assertThat(Long.parseLong(Entries.answer(entry))).as("version served").isGreaterThanOrEqualTo(oldest);
	}

}
