package io.github.llmcache.transaction;

import java.time.Duration;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.data.redis.connection.RedisStandaloneConfiguration;

import io.github.llmcache.answer.Outcome;
import io.github.llmcache.event.FailureEvent;
import io.github.llmcache.event.FailureEvent.Part;
import io.github.llmcache.event.LlmCacheListener;
import io.github.llmcache.store.CacheStore;
import io.github.llmcache.store.redis.RedisStoreFixture;
import io.github.llmcache.store.redis.SearchMode;
import io.github.llmcache.store.redis.server.RedisKind;
import io.github.llmcache.store.redis.server.RedisServer;
import io.github.llmcache.store.redis.server.RedisServers;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Evictions within transactions, with Redis.
 */
@Tag("thorough")
class RedisTransactionalEvictionTests extends TransactionalEvictionContract {

	@AutoClose
	private RedisStoreFixture fixture;

	@Override
	CacheStore createStore() {
		return createStore(RedisServers.shared(RedisKind.REDIS_7), RedisStoreFixture.TIMEOUT);
	}

	@Test
	void evictionThatFailsAfterTheCommitIsMadeUpFor() {
		try (RedisServer server = RedisServer.start(RedisKind.REDIS_7)) {
			TransactionalApplication.runner(() -> createStore(server, Duration.ofMillis(500))).run((context) -> {
				TransactionalApplication app = new TransactionalApplication(context);
				app.ask();
				app.inTransaction(() -> {
					app.prices().raise();
					server.pause();
				});
				assertThat(app.events().failures()).extracting(FailureEvent::part).contains(Part.STORE);
				assertThat(app.ask()).isEqualTo(2);
				server.resume();
				Awaitility.await().until(() -> app.lookUp() == Outcome.EXACT);
				assertThat(app.ask()).isEqualTo(2);
			});
		}
	}

	private CacheStore createStore(RedisServer server, Duration timeout) {
		this.fixture = new RedisStoreFixture(new RedisStandaloneConfiguration("127.0.0.1", server.port()));
		return this.fixture.store(this.fixture.settings(SearchMode.IN_PROCESS), timeout, LlmCacheListener.NO_OP);
	}

}
