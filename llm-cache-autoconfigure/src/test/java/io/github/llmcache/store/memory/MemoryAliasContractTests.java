package io.github.llmcache.store.memory;

import java.time.Duration;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.github.llmcache.event.LlmCacheListener;
import io.github.llmcache.index.VectorIndexFactory;
import io.github.llmcache.store.Alias;
import io.github.llmcache.store.CacheEntry;
import io.github.llmcache.store.CacheKey;
import io.github.llmcache.store.Partition;
import io.github.llmcache.test.contract.AliasStoreContract;
import io.github.llmcache.test.contract.Entries;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@link MemoryCacheStore} keeps the contract of aliases, within its bounds.
 */
class MemoryAliasContractTests extends AliasStoreContract {

	private final MemoryCacheStore store = store(16 << 20);

	@Override
	protected MemoryCacheStore store() {
		return this.store;
	}

	@Override
	protected void elapse(Duration duration) {
		this.clock.advance(duration);
	}

	@Test
	void aliasesOfAllEntriesTakeATenthOfTheMemory() {
		int bytes = 240_000;
		MemoryCacheStore small = store(bytes);
		Partition partition = Entries.partition("support");
		CacheEntry[] stored = IntStream.range(0, 10)
			.mapToObj((i) -> new Entries(this.clock).entry("prompt " + i))
			.toArray(CacheEntry[]::new);
		for (CacheEntry entry : stored) {
			CacheKey key = Entries.key(partition, entry.prompt());
			assertThat(small.put(key, entry, small.find(key).generation())).isTrue();
			for (int i = 0; i < 10; i++) {
				small.remember(Entries.key(partition, entry.prompt() + ", wording " + i),
						new Alias(key.digest(), entry, 0.9, "0123456789abcdef", null));
			}
		}
		long known = IntStream.range(0, 100)
			.filter((i) -> small.find(Entries.key(partition, "prompt " + i / 10 + ", wording " + i % 10))
				.alias() != null)
			.count();
		assertThat(known).isEqualTo(bytes / 10 / 1_200);
	}

	private MemoryCacheStore store(long bytes) {
		return new MemoryCacheStore(new MemoryLimits(100, bytes), new VectorIndexFactory(1_000, Runnable::run),
				this.clock, LlmCacheListener.NO_OP);
	}

}
