package io.github.llmcache.store.redis;

import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;

import io.github.llmcache.answer.Outcome;
import io.github.llmcache.store.CacheKey;
import io.github.llmcache.store.EvictionSelector;
import io.github.llmcache.store.LeaseStore.Lease;
import io.github.llmcache.store.redis.server.RedisKind;
import io.github.llmcache.store.redis.server.RedisServer;
import io.github.llmcache.store.redis.server.RedisServers;
import io.github.llmcache.test.RecordingListener;
import io.github.llmcache.test.contract.Entries;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One thing that somebody else wrote spoils nothing but itself.
 */
@ExtendWith(OutputCaptureExtension.class)
class RedisGarbageTests {

	private final RedisServer server = RedisServers.shared(RedisKind.REDIS_8);

	private final RedisStoreFixture fixture = new RedisStoreFixture(
			new RedisStandaloneConfiguration("127.0.0.1", this.server.port()));

	private final RecordingListener events = new RecordingListener();

	private RedisCacheStore store;

	private EngineOnRedis engine;

	@AfterEach
	void close() {
		this.fixture.close();
	}

	@Test
	void memberOfTheRegistryThatCannotBeReadIsRemoved(CapturedOutput output) {
		open(SearchMode.AUTO);
		this.engine.ask("1 a");
		String registry = key((key) -> key.endsWith(":p"));
		for (String member : new String[] { "garbage", "a,b", "%,,,", ",,,%zz" }) {
			this.server.command("ZADD", registry, "9e12", member);
		}
		assertThat(this.store.usage().get("support").entries()).isPositive();
		assertThat(this.engine.evict(EvictionSelector.all())).isOne();
		assertThat(this.engine.ask("1 a").outcome()).isEqualTo(Outcome.MISS);
		assertThat(this.engine.ask("1 a").outcome()).isEqualTo(Outcome.EXACT);
		assertThat(this.server.command("ZCARD", registry)).isEqualTo(1L);
		assertThat(this.events.failures()).isEmpty();
		assertThat(output).containsOnlyOnce("something other than the cache wrote");
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 3, 8, 4_000_000 })
	void embeddingThatIsNoneSpoilsOnlyItself(int size) {
		open(SearchMode.IN_PROCESS);
		this.engine.ask("1 a");
		this.engine.ask("3 a");
		Object digests = this.server.command("ZRANGE", key((key) -> key.endsWith(":a")), "1", "1");
		String digest = ((List<?>) digests).get(0).toString();
		this.server.command("HSET", key((key) -> key.endsWith(digest)), "embedding", "x".repeat(size));
		this.engine.ask("2 a");
		open(SearchMode.IN_PROCESS);
		assertThat(this.engine.ask("2 b").outcome()).isEqualTo(Outcome.SEMANTIC);
		assertThat(this.engine.ask("1 b").outcome()).isEqualTo(Outcome.SEMANTIC);
		assertThat(this.engine.ask("3 a").outcome()).isEqualTo(Outcome.EXACT);
		assertThat(this.events.failures()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "generation, 1e300", "generation, nan", "cleared, nan", "cleared, 1e300", "epoch, 1e300", "epoch, x",
			"sequence, nan", "sequence, 1e300", "sequence, -1" })
	void stateThatCannotBeReadIsBegunAgain(String field, String value) {
		for (SearchMode search : new SearchMode[] { SearchMode.VECTOR_SET, SearchMode.IN_PROCESS }) {
			open(search);
			this.engine.ask("1 a");
			this.server.command("HSET", key((key) -> key.endsWith(":g")), field, value);
			assertThat(this.engine.ask("1 b").value()).isEqualTo("answer to 1");
			this.engine.ask("2 a");
			assertThat(this.engine.ask("2 a").outcome()).isEqualTo(Outcome.EXACT);
			assertThat(this.engine.ask("2 b").outcome()).isEqualTo(Outcome.SEMANTIC);
			assertThat(this.events.failures()).isEmpty();
			this.fixture.deleteKeys();
		}
	}

	@Test
	void additionInNoOrderIsPassedOver() {
		open(SearchMode.IN_PROCESS);
		this.engine.ask("1 a");
		String additions = key((key) -> key.endsWith(":a"));
		this.server.command("ZADD", additions, "1e300", "garbage");
		this.server.command("ZADD", additions, "inf", "more");
		this.server.command("ZADD", additions, "1.5", "between");
		assertThat(this.engine.ask("1 b").outcome()).isEqualTo(Outcome.SEMANTIC);
		this.engine.ask("2 a");
		assertThat(this.engine.ask("2 b").outcome()).isEqualTo(Outcome.SEMANTIC);
		assertThat(this.events.failures()).isEmpty();
		assertThat(this.server.command("ZCARD", additions)).isEqualTo(2L);
	}

	@Test
	void vectorsOfOtherDimensionsMakeRoom() {
		open(SearchMode.VECTOR_SET);
		this.engine.ask("1 a");
		String vectors = key((key) -> key.endsWith(":v"));
		this.server.command("DEL", vectors);
		this.server.command("VADD", vectors, "VALUES", "3", "1", "1", "1", "x");
		this.engine.ask("2 a");
		assertThat(this.engine.ask("2 b").outcome()).isEqualTo(Outcome.SEMANTIC);
		assertThat(this.events.failures()).isEmpty();
	}

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = "AUTO")
	void leaseThatNeverEndsIsTaken(SearchMode search) {
		open(search);
		CacheKey key = Entries.key(Entries.partition("support"), "prompt");
		long generation = this.store.find(key).generation();
		assertThat(this.store.lease(key, generation, "a", Duration.ofMinutes(1))).isEqualTo(Lease.GRANTED);
		assertThat(this.store.lease(key, generation, "b", Duration.ofMinutes(1))).isEqualTo(Lease.HELD);
		this.server.command("PERSIST", key((name) -> name.contains(":l:")));
		assertThat(this.store.lease(key, generation, "b", Duration.ofMinutes(1))).isEqualTo(Lease.GRANTED);
	}

	@ParameterizedTest
	@ValueSource(strings = { "created=9223372036854775807&ttl=1&load=1", "created=1&ttl=9223372036854775807&load=1",
			"created=1&ttl=60000&retention=9223372036854775807&load=1" })
	void timesThatAreNoneAreAMiss(String metadata) {
		open(SearchMode.AUTO);
		this.engine.ask("1 a");
		this.server.command("HSET", key((key) -> key.contains(":e:")), "metadata", metadata);
		assertThat(this.engine.ask("1 b").value()).isEqualTo("answer to 1");
		assertThat(this.engine.ask("1 a").value()).isEqualTo("answer to 1");
		assertThat(this.engine.ask("1 a").outcome()).isIn(Outcome.EXACT, Outcome.SEMANTIC);
		assertThat(this.events.failures()).isEmpty();
	}

	private void open(SearchMode search) {
		this.store = this.fixture.store(this.fixture.settings(search), RedisStoreFixture.TIMEOUT, this.events);
		this.engine = new EngineOnRedis(this.store, this.events);
	}

	private String key(Predicate<String> is) {
		return this.fixture.prefix() + this.fixture.keys().stream().filter(is).findFirst().orElseThrow();
	}

}
