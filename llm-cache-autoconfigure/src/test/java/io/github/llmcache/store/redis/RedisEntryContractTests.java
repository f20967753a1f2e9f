package io.github.llmcache.store.redis;

import java.time.Clock;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

import io.github.llmcache.store.CacheEntry;
import io.github.llmcache.store.CacheKey;
import io.github.llmcache.store.EntryStore;
import io.github.llmcache.store.Partition;
import io.github.llmcache.test.contract.Entries;
import io.github.llmcache.test.contract.EntryStoreContract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * {@link RedisCacheStore} shows what it keeps, on each server that is supported.
 */
@ParameterizedClass
@MethodSource("io.github.llmcache.store.redis.RedisSetup#all")
class RedisEntryContractTests extends EntryStoreContract {

	@Parameter
	private RedisSetup setup;

	@RegisterExtension
	final RedisStores redis = new RedisStores(() -> this.setup);

	@Override
	protected EntryStore store() {
		return this.redis.store();
	}

	@Test
	void embeddingsOfVectorSetsAreReadAsPreciselyAsTheyAreKept() {
		RedisStoreSettings coarse = this.redis.fixture().settings(SearchMode.AUTO).withQuantization(Quantization.INT8);
		RedisCacheStore store = this.redis.fixture().store(coarse);
		Partition partition = Entries.partition("support");
		CacheKey key = Entries.key(partition, "prompt");
		CacheEntry entry = new Entries(Clock.systemUTC()).entry("prompt", Entries.vector(30));
		store.put(key, entry, store.find(key).generation());
		float[] embedding = store.entries(partition, null, 10, true).entries().get(0).entry().embedding();
		assertThat(embedding).containsExactly(entry.embedding(), within(0.01f));
	}

	@Test
	void lookWithoutTraceWritesNoKey() {
		store().peek(Entries.key(Entries.partition("support"), "prompt"));
		store().partitions(SUPPORT, null, 10);
		assertThat(this.redis.fixture().keys()).isEmpty();
	}

}
