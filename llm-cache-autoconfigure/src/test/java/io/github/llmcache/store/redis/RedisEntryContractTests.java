package io.github.llmcache.store.redis;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.data.redis.connection.RedisStandaloneConfiguration;

import io.github.llmcache.store.Entries;
import io.github.llmcache.store.EntryStore;
import io.github.llmcache.store.EntryStoreContract;
import io.github.llmcache.store.redis.server.RedisKind;
import io.github.llmcache.store.redis.server.RedisServers;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@link RedisCacheStore} shows what it keeps, on each server that is supported.
 */
@ParameterizedClass
@EnumSource(RedisKind.class)
class RedisEntryContractTests extends EntryStoreContract {

	@Parameter
	private RedisKind kind;

	private RedisStoreFixture fixture;

	private RedisCacheStore store;

	@Override
	protected EntryStore store() {
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

	@Test
	void lookWithoutTraceWritesNoKey() {
		store().peek(Entries.key(Entries.partition("support"), "prompt"));
		store().partitions(SUPPORT, null, 10);
		assertThat(this.fixture.keys()).isEmpty();
	}

}
