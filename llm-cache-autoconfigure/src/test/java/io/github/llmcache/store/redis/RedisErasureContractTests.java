package io.github.llmcache.store.redis;

import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

import io.github.llmcache.store.ErasableStore;
import io.github.llmcache.test.contract.ErasableStoreContract;

/**
 * {@link RedisCacheStore} keeps the contract of erasure on each server that is supported.
 */
@ParameterizedClass
@MethodSource("io.github.llmcache.store.redis.RedisSetup#all")
class RedisErasureContractTests extends ErasableStoreContract {

	@Parameter
	private RedisSetup setup;

	@RegisterExtension
	final RedisStores redis = new RedisStores(() -> this.setup);

	@Override
	protected ErasableStore store() {
		return this.redis.store();
	}

}
