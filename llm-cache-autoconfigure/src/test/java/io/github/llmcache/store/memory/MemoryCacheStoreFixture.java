package io.github.llmcache.store.memory;

import java.util.ArrayList;
import java.util.List;

import io.github.llmcache.event.EvictionEvent;
import io.github.llmcache.event.EvictionEvent.Cause;
import io.github.llmcache.event.LlmCacheListener;
import io.github.llmcache.index.VectorIndexFactory;
import io.github.llmcache.store.CacheEntry;
import io.github.llmcache.store.CacheKey;
import io.github.llmcache.store.CacheStore.StoreUsage;
import io.github.llmcache.store.Partition;
import io.github.llmcache.test.MutableClock;
import io.github.llmcache.test.contract.Entries;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Makes stores of any size, and keeps what they report.
 */
abstract class MemoryCacheStoreFixture {

	static final Partition PARTITION = Entries.partition("support");

	final MutableClock clock = new MutableClock();

	final Entries entries = new Entries(this.clock);

	final List<EvictionEvent> evictions = new ArrayList<>();

	MemoryCacheStore store(long maxEntries, long maxBytes) {
		return new MemoryCacheStore(new MemoryLimits(maxEntries, maxBytes), indexes(), this.clock,
				new LlmCacheListener() {

					@Override
					public void onEviction(EvictionEvent event) {
						MemoryCacheStoreFixture.this.evictions.add(event);
					}

				});
	}

	static VectorIndexFactory indexes() {
		return new VectorIndexFactory(1_000, Runnable::run);
	}

	static void put(MemoryCacheStore store, Partition partition, CacheEntry entry) {
		CacheKey key = Entries.key(partition, entry.prompt());
		assertThat(store.put(key, entry, store.find(key).generation())).isTrue();
	}

	static StoreUsage usage(MemoryCacheStore store) {
		return store.usage().values().stream().findFirst().orElseThrow();
	}

	long reported(String task, Cause cause) {
		return this.evictions.stream()
			.filter((event) -> event.task().equals(task) && event.cause() == cause)
			.mapToLong(EvictionEvent::entries)
			.sum();
	}

}
