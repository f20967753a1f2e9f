package io.github.llmcache.benchmarks.peer;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;

import io.github.llmcache.key.DigestPromptKeyGenerator;
import io.github.llmcache.key.CacheIdentity;
import io.github.llmcache.key.PromptKeyGenerator;
import io.github.llmcache.store.CacheEntry;
import io.github.llmcache.store.CacheKey;
import io.github.llmcache.store.CacheStore;
import io.github.llmcache.store.Partition;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;

/**
 * With this library's annotation and semantic matching. It is filled without a lookup for
 * each entry.
 */
public class SemanticAssistant extends LlmCachedAssistant {

	private static final byte[] PAYLOAD = new byte[1_000];

	private final ObjectProvider<CacheStore> store;

	private final LatestPartition partition;

	SemanticAssistant(Duration latency, ObjectProvider<CacheStore> store, LatestPartition partition) {
		super(latency);
		this.store = store;
		this.partition = partition;
	}

	@Override
	public void store(String prompt, String model) {
		CacheKey key = new CacheKey(this.partition.get(), prompt);
		CacheEntry entry = new CacheEntry(prompt, PAYLOAD, Objects.requireNonNull(Fillers.vector(prompt)),
				Instant.now(), Duration.ofDays(1), Duration.ZERO, Set.of());
		CacheStore cacheStore = this.store.getObject();
		cacheStore.put(key, entry, cacheStore.find(key).generation());
	}

	/**
	 * Remembers where the latest call's answer is.
	 */
	static final class LatestPartition implements PromptKeyGenerator {

		private final DigestPromptKeyGenerator keys = new DigestPromptKeyGenerator();

		private volatile @Nullable Partition partition;

		@Override
		public CacheKey generate(CacheIdentity identity, String embedder, String prompt) {
			CacheKey key = this.keys.generate(identity, embedder, prompt);
			this.partition = key.partition();
			return key;
		}

		Partition get() {
			return Objects.requireNonNull(this.partition, "Nothing was asked before");
		}

	}

}
