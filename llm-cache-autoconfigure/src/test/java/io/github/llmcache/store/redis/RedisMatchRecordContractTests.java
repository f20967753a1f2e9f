package io.github.llmcache.store.redis;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.data.redis.connection.RedisStandaloneConfiguration;

import io.github.llmcache.store.MatchRecordStore;
import io.github.llmcache.store.redis.server.RedisKind;
import io.github.llmcache.store.redis.server.RedisServers;
import io.github.llmcache.test.contract.MatchRecordStoreContract;

/**
 * {@link RedisCacheStore} keeps the contract of match records on each server that is
 * supported.
 */
@ParameterizedClass
@EnumSource(RedisKind.class)
class RedisMatchRecordContractTests extends MatchRecordStoreContract {

	@Parameter
	private RedisKind kind;

	private RedisStoreFixture fixture;

	@Override
	protected MatchRecordStore instance() {
		if (this.fixture == null) {
			this.fixture = new RedisStoreFixture(
					new RedisStandaloneConfiguration("127.0.0.1", RedisServers.shared(this.kind).port()));
		}
		return this.fixture.store(this.fixture.settings(SearchMode.AUTO));
	}

	@AfterEach
	void close() {
		if (this.fixture != null) {
			this.fixture.close();
		}
	}

}
