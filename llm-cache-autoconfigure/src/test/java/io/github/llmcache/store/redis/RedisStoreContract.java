package io.github.llmcache.store.redis;

import java.time.Duration;

import org.junit.jupiter.api.AfterEach;

import org.springframework.data.redis.connection.RedisConfiguration;

import io.github.llmcache.encryption.ValueCipher;
import io.github.llmcache.store.SemanticCacheStore;
import io.github.llmcache.test.MutableClock;
import io.github.llmcache.test.contract.SemanticCacheStoreContract;

/**
 * {@link RedisCacheStore} keeps the contract, whatever the server is.
 */
abstract class RedisStoreContract extends SemanticCacheStoreContract {

	private RedisStoreFixture fixture;

	abstract RedisConfiguration server();

	abstract SearchMode search();

	int shards() {
		return 1;
	}

	ValueCipher cipher() {
		return null;
	}

	@Override
	protected SemanticCacheStore createStore(MutableClock clock) {
		this.fixture = new RedisStoreFixture(server()).encrypting(cipher());
		return this.fixture
			.store(this.fixture.settings(search()).withQuantization(Quantization.INT8).withShards(shards()));
	}

	@AfterEach
	void closeConnections() {
		if (this.fixture != null) {
			this.fixture.close();
		}
	}

	@Override
	protected void elapse(Duration duration) {
		super.elapse(duration);
		this.fixture.elapse(duration);
	}

	@Override
	protected double similarityTolerance() {
		return (search() == SearchMode.VECTOR_SET) ? 0.01 : super.similarityTolerance();
	}

}
