package io.github.llmcache.store.redis;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.lettuce.core.cluster.SlotHash;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.data.redis.connection.RedisClusterConfiguration;

import io.github.llmcache.event.LlmCacheListener;
import io.github.llmcache.store.CacheKey;
import io.github.llmcache.store.Partition;
import io.github.llmcache.store.StoreUnavailableException;
import io.github.llmcache.store.redis.server.RedisClusterServers;
import io.github.llmcache.store.redis.server.RedisKind;
import io.github.llmcache.store.redis.server.RedisServer;
import io.github.llmcache.test.contract.Entries;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A cluster that loses a node.
 */
@Tag("thorough")
class RedisClusterFaultTests {

	private static final Duration SOON = Duration.ofSeconds(60);

	private final RedisClusterServers cluster = RedisClusterServers.start(RedisKind.REDIS_8);

	private final RedisStoreFixture fixture = new RedisStoreFixture(
			new RedisClusterConfiguration(this.cluster.nodes()));

	private final Entries entries = new Entries(Clock.systemUTC());

	private final List<Partition> partitions = new ArrayList<>();

	private RedisCacheStore store;

	private int models;

	@BeforeEach
	void fill() {
		this.store = this.fixture.store(this.fixture.settings(SearchMode.AUTO), Duration.ofMillis(500),
				LlmCacheListener.NO_OP);
		this.store.connect();
		for (int i = 0; i < 30; i++) {
			Partition partition = partitionOn(i % this.cluster.servers().size());
			this.partitions.add(partition);
			CacheKey key = Entries.key(partition, "prompt");
			assertThat(this.store.put(key, this.entries.entry("prompt", Entries.vector(0)),
					this.store.find(key).generation()))
				.isTrue();
		}
	}

	@AfterEach
	void close() {
		this.fixture.close();
		this.cluster.close();
	}

	@Test
	void entriesOfTheOtherNodesAreServedAndTheNodeIsUsedAgainWhenItIsBack() {
		for (RedisServer server : this.cluster.servers()) {
			server.command("CONFIG", "SET", "cluster-require-full-coverage", "no");
		}
		assertThat(found()).isEqualTo(30);
		RedisServer lost = this.cluster.servers().get(1);
		lost.kill();
		Awaitility.await().atMost(SOON).until(() -> found() >= 10);
		assertThat(found()).isLessThan(30);
		lost.start();
		this.cluster.awaitReady();
		Awaitility.await().atMost(SOON).until(() -> {
			this.partitions.forEach(this::putAgain);
			return found() == 30;
		});
	}

	@Test
	void clusterThatIsDownIsLeftAlone() {
		RedisServer lost = this.cluster.servers().get(1);
		lost.kill();
		Awaitility.await().atMost(SOON).until(() -> found() == 0);
		long start = System.nanoTime();
		for (int i = 0; i < 1_000; i++) {
			found();
		}
		long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
		System.out.println("A lookup on a cluster that is down takes " + millis / 30.0 + " us at the mean");
		lost.start();
		this.cluster.awaitReady();
		Awaitility.await().atMost(SOON).until(() -> found() >= 10);
	}

	/**
	 * One more partition, so that each node has as many.
	 */
	private Partition partitionOn(int node) {
		Partition partition;
		int slot;
		do {
			partition = Entries.partition("task", "model " + this.models++, null, null);
			slot = SlotHash.getSlot(new RedisKeys("any", 1).home(partition).state());
		}
		while (slot * this.cluster.servers().size() / SlotHash.SLOT_COUNT != node);
		return partition;
	}

	private long found() {
		return this.partitions.stream().filter(this::isFound).count();
	}

	private boolean isFound(Partition partition) {
		try {
			return this.store.find(Entries.key(partition, "prompt")).entry() != null;
		}
		catch (StoreUnavailableException ex) {
			return false;
		}
	}

	private void putAgain(Partition partition) {
		try {
			CacheKey key = Entries.key(partition, "prompt");
			this.store.put(key, this.entries.entry("prompt", Entries.vector(0)), this.store.find(key).generation());
		}
		catch (StoreUnavailableException ex) {
			// not yet
		}
	}

}
