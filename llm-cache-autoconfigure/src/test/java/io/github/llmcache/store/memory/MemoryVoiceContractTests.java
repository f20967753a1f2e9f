package io.github.llmcache.store.memory;

import java.time.Duration;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.github.llmcache.event.LlmCacheListener;
import io.github.llmcache.index.VectorIndexFactory;
import io.github.llmcache.store.CacheKey;
import io.github.llmcache.store.Partition;
import io.github.llmcache.store.VoiceStore.Voice;
import io.github.llmcache.test.contract.Entries;
import io.github.llmcache.test.contract.VoiceStoreContract;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@link MemoryCacheStore} keeps the contract of voices, within its bounds.
 */
class MemoryVoiceContractTests extends VoiceStoreContract {

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
	void voicesOfAllPromptsTakeATenthOfTheMemory() {
		int bytes = 160_000;
		MemoryCacheStore small = store(bytes);
		Partition shared = Entries.partition("support");
		for (int i = 0; i < 100; i++) {
			CacheKey own = Entries.key(Entries.partition("support", null, null, "tenant"), "prompt " + i);
			small.vouch(Entries.key(shared, "prompt " + i), new Voice(own, "0123456789abcdef"), Entries.TTL);
		}
		assertThat(IntStream.range(0, 100)
			.filter((i) -> !small.voices(Entries.key(shared, "prompt " + i)).isEmpty())
			.count()).isEqualTo(bytes / 10 / 800);
	}

	private MemoryCacheStore store(long bytes) {
		return new MemoryCacheStore(new MemoryLimits(100, bytes), new VectorIndexFactory(1_000, Runnable::run),
				this.clock, LlmCacheListener.NO_OP);
	}

}
