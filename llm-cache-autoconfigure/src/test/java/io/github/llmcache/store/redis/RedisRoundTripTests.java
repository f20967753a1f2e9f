package io.github.llmcache.store.redis;

import java.io.IOException;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

import org.springframework.data.redis.connection.RedisStandaloneConfiguration;

import io.github.llmcache.answer.Outcome;
import io.github.llmcache.event.LlmCacheListener;
import io.github.llmcache.store.EvictionSelector;
import io.github.llmcache.store.redis.server.Monitor;
import io.github.llmcache.store.redis.server.RedisKind;
import io.github.llmcache.store.redis.server.RedisServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How often a call goes to the server, as {@code MONITOR} sees it. docs/redis.md has the
 * same lists.
 */
class RedisRoundTripTests {

	private final RedisServer server = RedisServer.start(RedisKind.REDIS_8);

	private final RedisStoreFixture fixture = new RedisStoreFixture(
			new RedisStandaloneConfiguration("127.0.0.1", this.server.port()));

	private EngineOnRedis engine;

	@AfterEach
	void close() {
		this.fixture.close();
		this.server.close();
	}

	@Test
	void commandsWithVectorSets() throws IOException {
		open(SearchMode.VECTOR_SET);
		try (Monitor monitor = new Monitor(this.server)) {
			assertThat(this.engine.ask("1 a").outcome()).isEqualTo(Outcome.EXACT);
			assertThat(monitor.commands()).containsExactly("EVALSHA", "lua HMGET", "lua ZSCORE", "lua SISMEMBER",
					"lua HMGET", "lua ZSCORE");
			assertThat(this.engine.ask("1 c").outcome()).isEqualTo(Outcome.SEMANTIC);
			assertThat(monitor.commands()).containsExactly("EVALSHA", "lua HMGET", "lua ZSCORE", "lua SISMEMBER",
					"lua HMGET", "lua GET", "lua ZSCORE", "EVALSHA", "lua HGET", "lua VSIM", "lua HMGET", "EVALSHA",
					"lua HMGET", "lua HGET", "lua HMGET", "lua PTTL", "lua SET", "lua HSET");
			assertThat(this.engine.ask("1 c").outcome()).isEqualTo(Outcome.SEMANTIC);
			assertThat(monitor.commands()).containsExactly("EVALSHA", "lua HMGET", "lua ZSCORE", "lua SISMEMBER",
					"lua HMGET", "lua GET", "lua HGET", "lua HMGET", "lua ZSCORE");
			assertThat(this.engine.ask("2 a").outcome()).isEqualTo(Outcome.MISS);
			assertThat(monitor.commands()).containsExactly("EVALSHA", "lua HMGET", "lua ZSCORE", "lua SISMEMBER",
					"lua HMGET", "lua GET", "lua ZSCORE", "EVALSHA", "lua HGET", "lua VSIM", "EVALSHA", "lua HGET",
					"lua GET", "lua SET", "EVALSHA", "lua HGET", "lua ZSCORE", "lua SISMEMBER", "lua TIME", "lua SADD",
					"lua TIME", "lua ZADD", "lua PTTL", "lua PEXPIRE", "lua ZADD", "lua PTTL", "lua PEXPIRE",
					"lua HMGET", "lua UNLINK", "lua HSET", "lua PEXPIRE", "lua VADD", "lua PTTL", "lua PEXPIRE",
					"lua HSET", "lua ZRANGEBYSCORE");
		}
	}

	@Test
	void commandsInProcess() throws IOException {
		open(SearchMode.IN_PROCESS);
		try (Monitor monitor = new Monitor(this.server)) {
			assertThat(this.engine.ask("1 a").outcome()).isEqualTo(Outcome.EXACT);
			assertThat(monitor.commands()).containsExactly("EVALSHA", "lua HMGET", "lua ZSCORE", "lua SISMEMBER",
					"lua ZRANGEBYSCORE", "lua HMGET", "lua ZSCORE");
			assertThat(this.engine.ask("1 c").outcome()).isEqualTo(Outcome.SEMANTIC);
			assertThat(monitor.commands()).containsExactly("EVALSHA", "lua HMGET", "lua ZSCORE", "lua SISMEMBER",
					"lua ZRANGEBYSCORE", "lua HMGET", "lua GET", "lua ZSCORE", "EVALSHA", "lua HMGET", "lua HMGET",
					"EVALSHA", "lua HMGET", "lua HGET", "lua HMGET", "lua PTTL", "lua SET", "lua HSET");
			assertThat(this.engine.ask("1 c").outcome()).isEqualTo(Outcome.SEMANTIC);
			assertThat(monitor.commands()).containsExactly("EVALSHA", "lua HMGET", "lua ZSCORE", "lua SISMEMBER",
					"lua ZRANGEBYSCORE", "lua HMGET", "lua GET", "lua HGET", "lua HMGET", "lua ZSCORE");
			assertThat(this.engine.ask("2 a").outcome()).isEqualTo(Outcome.MISS);
			assertThat(monitor.commands()).containsExactly("EVALSHA", "lua HMGET", "lua ZSCORE", "lua SISMEMBER",
					"lua ZRANGEBYSCORE", "lua HMGET", "lua GET", "lua ZSCORE", "EVALSHA", "lua HGET", "lua GET",
					"lua SET", "EVALSHA", "lua HGET", "lua ZSCORE", "lua SISMEMBER", "lua TIME", "lua SADD", "lua TIME",
					"lua ZADD", "lua PTTL", "lua PEXPIRE", "lua ZADD", "lua PTTL", "lua PEXPIRE", "lua HMGET",
					"lua UNLINK", "lua HSET", "lua PEXPIRE", "lua HINCRBY", "lua ZADD", "lua PTTL", "lua PEXPIRE",
					"lua HSET", "lua ZRANGEBYSCORE");
		}
	}

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = "AUTO")
	void evictionAsksEachSlotAndThePartition(SearchMode search) throws IOException {
		open(search);
		try (Monitor monitor = new Monitor(this.server)) {
			assertThat(this.engine.evict(EvictionSelector.task("support"))).isOne();
			List<String> commands = monitor.commands();
			assertThat(commands).filteredOn("EVALSHA"::equals).hasSize(RedisKeys.SLOTS + 1);
			assertThat(commands).doesNotContain("lua KEYS", "lua FLUSHDB", "lua FLUSHALL", "lua SCAN");
		}
	}

	private void open(SearchMode search) {
		this.engine = new EngineOnRedis(this.fixture.store(this.fixture.settings(search)), LlmCacheListener.NO_OP);
		this.engine.ask("1 a");
		// the first search in process fills the index, and each script is sent once
		this.engine.ask("1 b");
		this.engine.ask("3 a");
		this.engine.evict(EvictionSelector.task("support").withPrompt("3 a"));
		this.engine.evict(EvictionSelector.task("unknown"));
	}

}
