package io.github.llmcache.store.redis;

import java.util.function.Supplier;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The stores of one test on a server that tests share, made when they are asked for and
 * closed after the test.
 */
final class RedisStores implements AfterEachCallback {

	private final Supplier<RedisSetup> setup;

	private RedisStoreFixture fixture;

	private RedisCacheStore store;

	RedisStores(Supplier<RedisSetup> setup) {
		this.setup = setup;
	}

	RedisStoreFixture fixture() {
		if (this.fixture == null) {
			this.fixture = new RedisStoreFixture(this.setup.get().configuration());
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
		return fixture().store(fixture().settings(SearchMode.AUTO).withShards(this.setup.get().shards()));
	}

	@Override
	public void afterEach(ExtensionContext context) {
		if (this.fixture != null) {
			this.fixture.close();
		}
	}

}
