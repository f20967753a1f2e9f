package io.github.llmcache.store.redis;

import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.data.redis.connection.RedisStandaloneConfiguration;

import io.github.llmcache.core.EvictionRace;
import io.github.llmcache.core.EvictionRace.Mode;
import io.github.llmcache.store.redis.server.RedisKind;
import io.github.llmcache.store.redis.server.RedisServers;

/**
 * Eviction against callers of two instances that share a server.
 */
@Tag("thorough")
class RedisEvictionRaceTests {

	@ParameterizedTest
	@EnumSource
	void noCallThatStartsAfterAnEvictionGetsAnAnswerFromBeforeOnRedis7(Mode mode) throws Exception {
		race(mode, RedisKind.REDIS_7, SearchMode.IN_PROCESS);
	}

	@ParameterizedTest
	@EnumSource
	void noCallThatStartsAfterAnEvictionGetsAnAnswerFromBeforeOnRedis8(Mode mode) throws Exception {
		race(mode, RedisKind.REDIS_8, SearchMode.VECTOR_SET);
	}

	@ParameterizedTest
	@EnumSource
	void noCallThatStartsAfterAnEvictionGetsAnAnswerFromBeforeOnRedis8InProcess(Mode mode) throws Exception {
		race(mode, RedisKind.REDIS_8, SearchMode.IN_PROCESS);
	}

	@ParameterizedTest
	@EnumSource
	void noCallThatStartsAfterAnEvictionGetsAnAnswerFromBeforeInAnyShard(Mode mode) throws Exception {
		race(mode, RedisKind.REDIS_8, SearchMode.VECTOR_SET, 3);
	}

	@ParameterizedTest
	@EnumSource
	void noCallThatStartsAfterAnEvictionGetsAnAnswerFromBeforeInAnyShardInProcess(Mode mode) throws Exception {
		race(mode, RedisKind.REDIS_7, SearchMode.IN_PROCESS, 3);
	}

	private static void race(Mode mode, RedisKind kind, SearchMode search) throws Exception {
		race(mode, kind, search, 1);
	}

	private static void race(Mode mode, RedisKind kind, SearchMode search, int shards) throws Exception {
		RedisStandaloneConfiguration server = new RedisStandaloneConfiguration("127.0.0.1",
				RedisServers.shared(kind).port());
		try (RedisStoreFixture fixture = new RedisStoreFixture(server)) {
			RedisStoreSettings settings = fixture.settings(search).withShards(shards);
			new EvictionRace(mode, List.of(fixture.store(settings), fixture.store(settings)))
				.run(kind + " " + search + " " + shards);
		}
	}

}
