package io.github.llmcache.store.redis;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.data.redis.connection.RedisClusterConfiguration;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;

import io.github.llmcache.answer.AnswerEquivalence.Verdict;
import io.github.llmcache.answer.Outcome;
import io.github.llmcache.event.LlmCacheListener;
import io.github.llmcache.store.CacheKey;
import io.github.llmcache.store.Erasure;
import io.github.llmcache.store.EvictionSelector;
import io.github.llmcache.store.LabelledMatch;
import io.github.llmcache.store.MatchRecord;
import io.github.llmcache.store.VoiceStore.Voice;
import io.github.llmcache.store.redis.server.RedisClusterServers;
import io.github.llmcache.store.redis.server.RedisKind;
import io.github.llmcache.store.redis.server.RedisServer;
import io.github.llmcache.store.redis.server.RedisServers;
import io.github.llmcache.test.contract.Entries;
import io.github.llmcache.test.RecordingListener;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A user that may do no more than docs/redis.md says is enough.
 */
class RedisAccessTests {

	private static final String USER = "llm-cache-user";

	private static final String PASSWORD = "secret";

	/** As in docs/redis.md. */
	private static final List<String> COMMANDS = List.of("-@all", "+evalsha", "+eval", "+hello", "+client|setname",
			"+ping", "+time", "+exists", "+unlink", "+pexpire", "+pttl", "+get", "+set", "+hget", "+hmget", "+hset",
			"+hincrby", "+hstrlen", "+zadd", "+zrem", "+zcard", "+zcount", "+zscan", "+zscore", "+zrandmember",
			"+zrangebyscore", "+sadd", "+sismember", "+smembers", "+xadd", "+xrange", "+xdel");

	private static final List<String> VECTOR_COMMANDS = List.of("+vcard", "+vdim", "+vadd", "+vsim", "+vrem", "+vemb");

	private static final List<String> CLUSTER_COMMANDS = List.of("+cluster|nodes", "+cluster|myid", "+info",
			"+readonly");

	private final RecordingListener events = new RecordingListener();

	@ParameterizedTest
	@CsvSource({ "REDIS_6_2, IN_PROCESS", "REDIS_7, IN_PROCESS", "VALKEY_8, IN_PROCESS", "REDIS_8, VECTOR_SET" })
	void userWithTheLeastRightsCanDoEverything(RedisKind kind, SearchMode search) {
		RedisServer server = RedisServers.shared(kind);
		try (RedisStoreFixture fixture = new RedisStoreFixture(user(server))) {
			allow(server, fixture.prefix(), (search == SearchMode.VECTOR_SET) ? VECTOR_COMMANDS : List.of());
			useEverything(fixture, search, 1);
		}
		finally {
			server.command("ACL", "DELUSER", USER);
		}
	}

	@Test
	void userOfAClusterNeedsToSeeItsNodes() {
		RedisClusterServers cluster = RedisServers.sharedCluster();
		RedisClusterConfiguration configuration = new RedisClusterConfiguration(cluster.nodes());
		configuration.setUsername(USER);
		configuration.setPassword(PASSWORD);
		try (RedisStoreFixture fixture = new RedisStoreFixture(configuration)) {
			for (RedisServer server : cluster.servers()) {
				allow(server, fixture.prefix(), VECTOR_COMMANDS, CLUSTER_COMMANDS);
			}
			useEverything(fixture, SearchMode.VECTOR_SET, 3);
		}
		finally {
			cluster.servers().forEach((server) -> server.command("ACL", "DELUSER", USER));
		}
	}

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = "AUTO")
	void entryOfWhichAPartMayNotBeWrittenIsNeverServedBeyondItsTtl(SearchMode search) {
		RedisServer server = RedisServers.shared(RedisKind.REDIS_8);
		RedisStandaloneConfiguration configuration = new RedisStandaloneConfiguration("127.0.0.1", server.port());
		try (RedisStoreFixture all = new RedisStoreFixture(configuration)) {
			for (String missing : List.of("unlink", "pexpire", "pttl", "exists", "hset", "hget", "zadd",
					"zrangebyscore", "sadd", "set", "hincrby", "vadd", "hdel")) {
				all.deleteKeys();
				EngineOnRedis engine = new EngineOnRedis(all.store(all.settings(search)), LlmCacheListener.NO_OP);
				server.command("ACL", "SETUSER", USER, "reset", "on", ">" + PASSWORD, "~*", "+@all", "-" + missing);
				engine.ask("1 a");
				try (RedisStoreFixture fixture = new RedisStoreFixture(user(server))) {
					RedisCacheStore store = fixture.store(all.settings(search));
					EngineOnRedis limited = new EngineOnRedis(store, LlmCacheListener.NO_OP);
					limited.refresh("1 a");
					limited.ask("2 a");
					limited.ask("2 b");
				}
				for (String key : all.keys()) {
					String name = all.prefix() + key;
					if (key.contains(":e:") && Long.valueOf(-1).equals(server.command("PTTL", name))) {
						assertThat(server.command("HGET", name, "generation")).as(missing).isNull();
					}
				}
			}
		}
		finally {
			server.command("ACL", "DELUSER", USER);
		}
	}

	private static RedisStandaloneConfiguration user(RedisServer server) {
		RedisStandaloneConfiguration configuration = new RedisStandaloneConfiguration("127.0.0.1", server.port());
		configuration.setUsername(USER);
		configuration.setPassword(PASSWORD);
		return configuration;
	}

	private void useEverything(RedisStoreFixture fixture, SearchMode search, int shards) {
		RedisCacheStore store = fixture.store(fixture.settings(SearchMode.AUTO).withShards(shards),
				RedisStoreFixture.TIMEOUT, this.events);
		EngineOnRedis engine = new EngineOnRedis(store, this.events);
		assertThat(engine.ask("1 a").outcome()).isEqualTo(Outcome.MISS);
		assertThat(engine.ask("1 a").outcome()).isEqualTo(Outcome.EXACT);
		assertThat(engine.ask("1 b").outcome()).isEqualTo(Outcome.SEMANTIC);
		for (int i = 10; i < 20; i++) {
			assertThat(engine.ask(i + " a").outcome()).isEqualTo(Outcome.MISS);
			assertThat(engine.ask(i + " b").outcome()).isEqualTo(Outcome.SEMANTIC);
			assertThat(engine.ask(i + " b").outcome()).isEqualTo(Outcome.SEMANTIC);
			assertThat(engine.evict(EvictionSelector.all().withPrompt(i + " a"))).isOne();
		}
		assertThat(engine.evict(EvictionSelector.all().withPrompt("1 a"))).isOne();
		assertThat(engine.ask("2 a").outcome()).isEqualTo(Outcome.MISS);
		assertThat(store.usage().get("support").entries()).isOne();
		assertThat(engine.evict(EvictionSelector.all())).isOne();
		LabelledMatch matchRecord = new LabelledMatch(new MatchRecord(List.of(1.0), 0.5, true), true, Verdict.SAME,
				Instant.EPOCH, 0, 0);
		assertThat(store.exchange("support", List.of(matchRecord), "").matchRecords()).containsExactly(matchRecord);
		assertThat(engine.ask("3 a").outcome()).isEqualTo(Outcome.MISS);
		CacheKey shared = Entries.key(Entries.partition("support"), "prompt");
		Voice voice = new Voice(Entries.key(Entries.partition("support", null, null, "tenant"), "prompt"), "answer");
		assertThat(store.vouch(shared, voice, Entries.TTL)).containsExactly(voice);
		store.withdraw(shared, voice.entry().partition());
		assertThat(store.voices(shared)).isEmpty();
		assertThat(store.erase("nobody")).isEqualTo(Erasure.NOTHING);
		assertThat(store.settings()).isEmpty();
		assertThat(store.describe())
			.isEqualTo((search == SearchMode.VECTOR_SET) ? "Redis (vector sets)" : "Redis (in-process index)");
		assertThat(this.events.failures()).isEmpty();
	}

	@SafeVarargs
	private static void allow(RedisServer server, String prefix, List<String>... more) {
		List<String> rules = new ArrayList<>(List.of("on", ">" + PASSWORD, "~" + prefix + ":*"));
		rules.addAll(COMMANDS);
		for (List<String> commands : more) {
			rules.addAll(commands);
		}
		for (String rule : rules) {
			server.command("ACL", "SETUSER", USER, rule);
		}
	}

}
