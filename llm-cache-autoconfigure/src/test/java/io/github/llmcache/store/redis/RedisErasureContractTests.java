package io.github.llmcache.store.redis;

import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import io.github.llmcache.store.ErasableStore;
import io.github.llmcache.store.redis.server.RedisKind;
import io.github.llmcache.test.contract.ErasableStoreContract;

/**
 * {@link RedisCacheStore} keeps the contract of erasure on each server that is supported.
 */
@ParameterizedClass
@EnumSource(RedisKind.class)
class RedisErasureContractTests extends ErasableStoreContract {

	@Parameter
	private RedisKind kind;

	@RegisterExtension
	final RedisStores redis = new RedisStores(() -> this.kind);

	@Override
	protected ErasableStore store() {
		return this.redis.store();
	}

}
