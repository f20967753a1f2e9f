package io.github.llmcache.store.redis;

import java.time.Clock;
import java.util.List;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

import org.springframework.data.redis.connection.RedisClusterConfiguration;
import org.springframework.data.redis.connection.RedisConfiguration;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;

import io.github.llmcache.store.CacheEntry;
import io.github.llmcache.store.CacheKey;
import io.github.llmcache.store.EvictionSelector;
import io.github.llmcache.store.Partition;
import io.github.llmcache.store.redis.server.RedisClusterServers;
import io.github.llmcache.store.redis.server.RedisKind;
import io.github.llmcache.store.redis.server.RedisServer;
import io.github.llmcache.store.redis.server.RedisServers;
import io.github.llmcache.test.contract.Entries;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A server that lost its data, or a part of it, never makes an eviction miss what is
 * served.
 */
@Tag("thorough")
class RedisLossTests {

	private static final Partition PARTITION = Entries.partition("support", "small", "v1", "tenant-a");

	private final Entries entries = new Entries(Clock.systemUTC());

	@AutoClose
	private RedisStoreFixture fixture;

	private RedisCacheStore one;

	private RedisCacheStore other;

	@ParameterizedTest
	@EnumSource(RedisKind.class)
	void whatIsStoredAfterAServerStartedAgainEmptyIsEvicted(RedisKind kind) {
		try (RedisServer server = RedisServer.start(kind)) {
			open(new RedisStandaloneConfiguration("127.0.0.1", server.port()), SearchMode.AUTO);
			put(this.one, PARTITION, "old");
			find(this.other, PARTITION, "old");
			server.kill();
			server.start();
			awaitAnswer(this.one);
			awaitAnswer(this.other);
			put(this.one, PARTITION, "new");
			assertThat(this.other.evict(EvictionSelector.task("support"))).isOne();
			assertThat(find(this.one, PARTITION, "new")).isNull();
		}
	}

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = "AUTO")
	void whatIsStoredAfterAFlushIsEvicted(SearchMode search) {
		openShared(search);
		for (EvictionSelector selector : List.of(EvictionSelector.task("support"), EvictionSelector.all(),
				EvictionSelector.all().withPrompt("new"))) {
			put(this.one, PARTITION, "old");
			find(this.other, PARTITION, "old");
			this.fixture.deleteKeys();
			put(this.one, PARTITION, "new");
			assertThat(this.other.evict(selector)).as(selector.toString()).isOne();
			assertThat(find(this.one, PARTITION, "new")).isNull();
		}
	}

	@ParameterizedTest
	@CsvSource({ "VECTOR_SET, :p", "VECTOR_SET, :tasks", "IN_PROCESS, :p", "IN_PROCESS, :tasks" })
	void entryOfAPartitionThatTheRegistryLostIsNotServed(SearchMode search, String lost) {
		openShared(search);
		put(this.one, PARTITION, "prompt");
		this.fixture.deleteKey(lost);
		this.other.evict(EvictionSelector.all());
		assertThat(find(this.one, PARTITION, "prompt")).isNull();
		assertThat(this.one.findSimilar(PARTITION, Entries.vector(0), 1, 0.9)).isEmpty();
		put(this.one, PARTITION, "prompt");
		assertThat(this.one.findSimilar(PARTITION, Entries.vector(0), 1, 0.9)).hasSize(1);
		assertThat(this.other.evict(EvictionSelector.all())).isOne();
		assertThat(find(this.one, PARTITION, "prompt")).isNull();
	}

	@ParameterizedTest
	@CsvSource({ "VECTOR_SET, :p", "VECTOR_SET, :tasks", "IN_PROCESS, :p", "IN_PROCESS, :tasks" })
	void answerThatIsBeingLoadedWhileTheRegistryIsLostIsNotStored(SearchMode search, String lost) {
		openShared(search);
		CacheKey key = Entries.key(PARTITION, "prompt");
		long before = this.one.find(key).generation();
		this.fixture.deleteKey(lost);
		this.other.evict(EvictionSelector.all());
		assertThat(this.one.put(key, this.entries.entry("prompt"), before)).isFalse();
		this.other.find(key);
		assertThat(this.one.put(key, this.entries.entry("prompt"), before)).isFalse();
	}

	@Test
	void nodeOfAClusterThatLostItsDataTakesNothingOfTheOthersOutOfReach() {
		RedisClusterServers cluster = RedisServers.sharedCluster();
		open(new RedisClusterConfiguration(cluster.nodes()), SearchMode.AUTO);
		List<Partition> partitions = IntStream.range(0, 50)
			.mapToObj((i) -> Entries.partition("support", "small", "v1", "tenant-" + i))
			.toList();
		for (RedisServer node : cluster.servers()) {
			partitions.forEach((partition) -> put(this.one, partition, "prompt"));
			node.command("FLUSHALL");
			partitions.forEach((partition) -> put(this.one, partition, "new"));
			assertThat(this.other.evict(EvictionSelector.all())).isBetween(50L, 100L);
			for (Partition partition : partitions) {
				assertThat(find(this.one, partition, "prompt")).isNull();
				assertThat(find(this.one, partition, "new")).isNull();
			}
		}
	}

	private void openShared(SearchMode search) {
		open(new RedisStandaloneConfiguration("127.0.0.1", RedisServers.shared(RedisKind.REDIS_8).port()), search);
	}

	private void open(RedisConfiguration server, SearchMode search) {
		this.fixture = new RedisStoreFixture(server);
		this.one = this.fixture.store(this.fixture.settings(search));
		this.other = this.fixture.store(this.fixture.settings(search));
	}

	private void put(RedisCacheStore store, Partition partition, String prompt) {
		CacheKey key = Entries.key(partition, prompt);
		long generation = store.find(key).generation();
		assertThat(store.put(key, this.entries.entry(prompt, Entries.vector(0)), generation)).isTrue();
	}

	private static CacheEntry find(RedisCacheStore store, Partition partition, String prompt) {
		return store.find(Entries.key(partition, prompt)).entry();
	}

	private static void awaitAnswer(RedisCacheStore store) {
		Awaitility.await().ignoreExceptions().until(() -> {
			store.usage();
			return true;
		});
	}

}
