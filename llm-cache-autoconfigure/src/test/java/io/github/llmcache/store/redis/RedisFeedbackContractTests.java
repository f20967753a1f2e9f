package io.github.llmcache.store.redis;

import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

import io.github.llmcache.store.CacheKey;
import io.github.llmcache.store.FeedbackStore;
import io.github.llmcache.store.Partition;
import io.github.llmcache.test.contract.Entries;
import io.github.llmcache.test.contract.FeedbackStoreContract;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@link RedisCacheStore} keeps the contract of feedback on each server that is
 * supported, and shares it.
 */
@ParameterizedClass
@MethodSource("io.github.llmcache.store.redis.RedisSetup#all")
class RedisFeedbackContractTests extends FeedbackStoreContract {

	private static final Partition PARTITION = Entries.partition("support");

	private static final CacheKey KEY = Entries.key(PARTITION, "any");

	@Parameter
	private RedisSetup setup;

	@RegisterExtension
	final RedisStores redis = new RedisStores(() -> this.setup);

	@Override
	protected FeedbackStore store() {
		return this.redis.store();
	}

	@Test
	void otherInstancesKnowEachRefusalAtTheirNextLookup() {
		FeedbackStore one = store();
		RedisCacheStore other = this.redis.instance();
		other.find(KEY);
		assertThat(other.refusals(PARTITION)).isEmpty();
		one.refuse(PARTITION, Set.of("a~b"));
		other.find(KEY);
		assertThat(other.refusals(PARTITION)).containsExactly("a~b");
		one.refuse(PARTITION, Set.of("a~c"));
		other.find(KEY);
		assertThat(other.refusals(PARTITION)).containsExactlyInAnyOrder("a~b", "a~c");
		RedisCacheStore started = this.redis.instance();
		started.find(KEY);
		assertThat(started.refusals(PARTITION)).containsExactlyInAnyOrder("a~b", "a~c");
	}

	@Test
	void refusalsOutliveTheStateOfTheirPartition() {
		FeedbackStore one = store();
		one.find(KEY);
		one.refuse(PARTITION, Set.of("a~b"));
		this.redis.fixture().deleteKey(":g");
		this.redis.fixture().deleteKey(":p");
		RedisCacheStore started = this.redis.instance();
		started.find(KEY);
		assertThat(started.refusals(PARTITION)).containsExactly("a~b");
	}

}
