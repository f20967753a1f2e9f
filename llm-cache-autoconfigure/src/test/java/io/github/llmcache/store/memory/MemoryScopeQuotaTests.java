package io.github.llmcache.store.memory;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.jupiter.api.Test;

import io.github.llmcache.store.CacheKey;
import io.github.llmcache.test.contract.Entries;
import io.github.llmcache.store.EntryStore;
import io.github.llmcache.store.EvictionSelector;
import io.github.llmcache.store.Partition;
import io.github.llmcache.store.ScopeQuota;
import io.github.llmcache.store.ScopeQuotaContract;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@link MemoryCacheStore} keeps scopes within their quota, whatever happens at once.
 */
class MemoryScopeQuotaTests extends ScopeQuotaContract {

	@Override
	protected EntryStore store(ScopeQuota quota) {
		return store(quota, 10_000);
	}

	private MemoryCacheStore store(ScopeQuota quota, int maxEntries) {
		return new MemoryCacheStore(new MemoryLimits(maxEntries, 64 << 20, quota), MemoryCacheStoreFixture.indexes(),
				Clock.systemUTC(), this.events);
	}

	@Test
	void nothingIsCountedThatIsGone() throws Exception {
		// the store itself is full now and then, too
		MemoryCacheStore store = store(new ScopeQuota(50L, null), 80);
		List<Partition> partitions = List.of(SUPPORT, PRICES, Entries.partition("chat", "small", null, "tenant"));
		Entries entries = new Entries(Clock.systemUTC());
		ExecutorService threads = Executors.newFixedThreadPool(4);
		try {
			List<Future<?>> futures = new ArrayList<>();
			for (int thread = 0; thread < 4; thread++) {
				int seed = thread;
				futures.add(threads.submit(() -> {
					for (int i = 0; i < 3_000; i++) {
						Partition partition = partitions.get((i + seed) % 3);
						CacheKey key = Entries.key(partition, "prompt " + (i * 7 + seed) % 90);
						switch (i % 11) {
							case 3 -> store.remove(key);
							case 5 ->
								store.evict(EvictionSelector.task(partition.task()).withPrompt("prompt " + i % 90));
							case 7 -> regroup(store, key);
							default -> store.put(key, entries.entry("prompt"), store.find(key).generation());
						}
						if (i % 500 == 499) {
							store.erase("tenant");
						}
					}
				}));
			}
			for (Future<?> future : futures) {
				future.get();
			}
		}
		finally {
			threads.shutdownNow();
		}
		store.erase("tenant");
		for (int i = 0; i < 50; i++) {
			put(store, partitions.get(i % 3), "prompt " + i);
		}
		assertThat(partitions).allSatisfy((partition) -> assertThat(prompts(store, partition)).hasSizeGreaterThan(15));
		assertThat(partitions.stream().mapToInt((partition) -> prompts(store, partition).size()).sum()).isEqualTo(50);
		put(store, SUPPORT, "one more");
		assertThat(partitions.stream().mapToInt((partition) -> prompts(store, partition).size()).sum()).isEqualTo(50);
	}

	private static void regroup(MemoryCacheStore store, CacheKey key) {
		MemoryCacheStore.Finding found = store.find(key);
		if (found.entry() != null) {
			store.regroup(key, found.entry().group(), "0123456789abcdef", found.generation());
		}
	}

}
