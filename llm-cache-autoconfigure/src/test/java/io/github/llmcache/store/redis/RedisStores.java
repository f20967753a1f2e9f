package io.github.llmcache.store.redis;

import java.util.function.Supplier;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import org.springframework.data.redis.connection.RedisStandaloneConfiguration;

import io.github.llmcache.store.redis.server.RedisKind;
import io.github.llmcache.store.redis.server.RedisServers;

/**
 * The stores of one test on a server that tests share, made when they are asked for and
 * closed after the test.
 */
final class RedisStores implements AfterEachCallback {

	private final Supplier<RedisKind> kind;

	private RedisStoreFixture fixture;

	private RedisCacheStore store;

	RedisStores(Supplier<RedisKind> kind) {
		this.kind = kind;
	}

	RedisStoreFixture fixture() {
		if (this.fixture == null) {
			this.fixture = new RedisStoreFixture(
					new RedisStandaloneConfiguration("127.0.0.1", RedisServers.shared(this.kind.get()).port()));
		}
		return this.fixture;
	}

	/**
	 * The store of the test, always the same.
	 */
	RedisCacheStore store() {
		if (this.store == null) {
			this.store = instance();
		}
		return this.store;
	}

	/**
	 * Another instance of it.
	 */
	RedisCacheStore instance() {
		return fixture().store(fixture().settings(SearchMode.AUTO));
	}

	@Override
	public void afterEach(ExtensionContext context) {
		if (this.fixture != null) {
			this.fixture.close();
		}
	}

}
