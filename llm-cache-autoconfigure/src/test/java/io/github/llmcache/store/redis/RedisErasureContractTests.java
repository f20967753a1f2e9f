package io.github.llmcache.store.redis;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.data.redis.connection.RedisStandaloneConfiguration;

import io.github.llmcache.store.ErasableStore;
import io.github.llmcache.store.redis.server.RedisKind;
import io.github.llmcache.store.redis.server.RedisServers;
import io.github.llmcache.test.contract.ErasableStoreContract;

/**
 * {@link RedisCacheStore} keeps the contract of erasure on each server that is supported.
 */
@ParameterizedClass
@EnumSource(RedisKind.class)
class RedisErasureContractTests extends ErasableStoreContract {

	@Parameter
	private RedisKind kind;

	private RedisStoreFixture fixture;

	private RedisCacheStore store;

	@Override
	protected ErasableStore store() {
		if (this.fixture == null) {
			this.fixture = new RedisStoreFixture(
					new RedisStandaloneConfiguration("127.0.0.1", RedisServers.shared(this.kind).port()));
			this.store = this.fixture.store(this.fixture.settings(SearchMode.AUTO));
		}
		return this.store;
	}

	@AfterEach
	void close() {
		if (this.fixture != null) {
			this.fixture.close();
		}
	}

}
