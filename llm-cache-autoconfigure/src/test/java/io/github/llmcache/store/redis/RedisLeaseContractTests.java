package io.github.llmcache.store.redis;

import java.time.Duration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.data.redis.connection.RedisStandaloneConfiguration;

import io.github.llmcache.store.LeaseStore;
import io.github.llmcache.store.redis.server.RedisKind;
import io.github.llmcache.store.redis.server.RedisServers;
import io.github.llmcache.test.contract.LeaseStoreContract;

/**
 * {@link RedisCacheStore} keeps the contract of leases on each server that is supported.
 */
@ParameterizedClass
@EnumSource(RedisKind.class)
class RedisLeaseContractTests extends LeaseStoreContract {

	@Parameter
	private RedisKind kind;

	private RedisStoreFixture fixture;

	private RedisCacheStore store;

	@Override
	protected LeaseStore store() {
		if (this.store == null) {
			this.fixture = new RedisStoreFixture(
					new RedisStandaloneConfiguration("127.0.0.1", RedisServers.shared(this.kind).port()));
			this.store = this.fixture.store(this.fixture.settings(SearchMode.AUTO));
		}
		return this.store;
	}

	@Override
	protected void elapse(Duration duration) {
		this.fixture.elapse(duration);
	}

	@AfterEach
	void close() {
		if (this.fixture != null) {
			this.fixture.close();
		}
	}

}
