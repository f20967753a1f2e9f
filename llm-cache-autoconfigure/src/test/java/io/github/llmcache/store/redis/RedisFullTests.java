package io.github.llmcache.store.redis;

import java.util.List;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.data.redis.connection.RedisStandaloneConfiguration;

import io.github.llmcache.answer.Outcome;
import io.github.llmcache.event.LlmCacheListener;
import io.github.llmcache.store.EvictionSelector;
import io.github.llmcache.store.redis.server.RedisKind;
import io.github.llmcache.store.redis.server.RedisServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A server that has no memory left, and may evict nothing by itself, can be emptied.
 */
class RedisFullTests {

	@ParameterizedTest
	@EnumSource(RedisKind.class)
	void fullServerCanBeEvictedAndGoesOnServing(RedisKind kind) {
		try (RedisServer server = RedisServer.start(kind);
				RedisStoreFixture fixture = new RedisStoreFixture(
						new RedisStandaloneConfiguration("127.0.0.1", server.port()))) {
			EngineOnRedis engine = new EngineOnRedis(fixture.store(fixture.settings(SearchMode.AUTO)),
					LlmCacheListener.NO_OP);
			for (EvictionSelector selector : List.of(EvictionSelector.all().withPrompt("1 a"),
					EvictionSelector.task("support"), EvictionSelector.all())) {
				engine.ask("1 a");
				engine.ask("2 a");
				server.command("CONFIG", "SET", "maxmemory", "1");
				assertThat(engine.evict(selector)).as(selector.toString())
					.isEqualTo(selector.selectsWholePartitions() ? 2 : 1);
				assertThat(engine.ask("1 a").outcome()).isEqualTo(Outcome.MISS);
				assertThat(engine.ask("2 a").outcome())
					.isEqualTo(selector.selectsWholePartitions() ? Outcome.MISS : Outcome.EXACT);
				server.command("CONFIG", "SET", "maxmemory", "0");
			}
		}
	}

	@ParameterizedTest
	@EnumSource(RedisKind.class)
	void fullServerTakesNoMore(RedisKind kind) {
		try (RedisServer server = RedisServer.start(kind);
				RedisStoreFixture fixture = new RedisStoreFixture(
						new RedisStandaloneConfiguration("127.0.0.1", server.port()))) {
			EngineOnRedis engine = new EngineOnRedis(fixture.store(fixture.settings(SearchMode.AUTO)),
					LlmCacheListener.NO_OP);
			engine.ask("1 a");
			List<String> before = fixture.keys();
			server.command("CONFIG", "SET", "maxmemory", "1");
			engine.ask("2 a");
			engine.refresh("1 a");
			assertThat(fixture.keys()).isEqualTo(before);
		}
	}

}
