package io.github.llmcache.store.redis;

import java.time.Duration;

import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import io.github.llmcache.store.LeaseStore;
import io.github.llmcache.store.redis.server.RedisKind;
import io.github.llmcache.test.contract.LeaseStoreContract;

/**
 * {@link RedisCacheStore} keeps the contract of leases on each server that is supported.
 */
@ParameterizedClass
@EnumSource(RedisKind.class)
class RedisLeaseContractTests extends LeaseStoreContract {

	@Parameter
	private RedisKind kind;

	@RegisterExtension
	final RedisStores redis = new RedisStores(() -> this.kind);

	@Override
	protected LeaseStore store() {
		return this.redis.store();
	}

	@Override
	protected void elapse(Duration duration) {
		this.redis.fixture().elapse(duration);
	}

}
