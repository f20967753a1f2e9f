package io.github.llmcache.store.redis;

import java.time.Duration;

import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

import io.github.llmcache.store.LeaseStore;
import io.github.llmcache.test.contract.LeaseStoreContract;

/**
 * {@link RedisCacheStore} keeps the contract of leases on each server that is supported.
 */
@ParameterizedClass
@MethodSource("io.github.llmcache.store.redis.RedisSetup#all")
class RedisLeaseContractTests extends LeaseStoreContract {

	@Parameter
	private RedisSetup setup;

	@RegisterExtension
	final RedisStores redis = new RedisStores(() -> this.setup);

	@Override
	protected LeaseStore store() {
		return this.redis.store();
	}

	@Override
	protected void elapse(Duration duration) {
		this.redis.fixture().elapse(duration);
	}

}
