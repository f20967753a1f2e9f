package io.github.llmcache.store.redis;

import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

import io.github.llmcache.store.MatchRecordStore;
import io.github.llmcache.test.contract.MatchRecordStoreContract;

/**
 * {@link RedisCacheStore} keeps the contract of match records on each server that is
 * supported.
 */
@ParameterizedClass
@MethodSource("io.github.llmcache.store.redis.RedisSetup#all")
class RedisMatchRecordContractTests extends MatchRecordStoreContract {

	@Parameter
	private RedisSetup setup;

	@RegisterExtension
	final RedisStores redis = new RedisStores(() -> this.setup);

	@Override
	protected MatchRecordStore instance() {
		return this.redis.instance();
	}

}
