package io.github.llmcache.store.redis;

import java.time.Clock;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;

import io.github.llmcache.store.CacheKey;
import io.github.llmcache.store.Partition;
import io.github.llmcache.store.redis.server.Monitor;
import io.github.llmcache.store.redis.server.RedisKind;
import io.github.llmcache.store.redis.server.RedisServer;
import io.github.llmcache.test.contract.Entries;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The memory of in-process indexes is bounded over all partitions.
 */
@ExtendWith(OutputCaptureExtension.class)
class InProcessIndexBoundTests {

	private static final List<Partition> PARTITIONS = List.of(Entries.partition("one"), Entries.partition("two"),
			Entries.partition("three"));

	private final RedisServer server = RedisServer.start(RedisKind.REDIS_7);

	private final RedisStoreFixture fixture = new RedisStoreFixture(
			new RedisStandaloneConfiguration("127.0.0.1", this.server.port()));

	private final Entries entries = new Entries(Clock.systemUTC());

	@AfterEach
	void close() {
		this.fixture.close();
		this.server.close();
	}

	@Test
	void leastRecentlyUsedIndexGoesFirst() throws Exception {
		fill(100);
		// room for about two of the three
		RedisCacheStore store = store(80_000);
		for (Partition partition : PARTITIONS) {
			assertThat(similar(store, partition)).isTrue();
		}
		try (Monitor monitor = new Monitor(this.server)) {
			assertThat(similar(store, PARTITIONS.get(1)) && similar(store, PARTITIONS.get(2))).isTrue();
			assertThat(monitor.commands()).filteredOn("EVALSHA"::equals).hasSize(2);
			assertThat(similar(store, PARTITIONS.get(0))).isTrue();
			assertThat(monitor.commands()).filteredOn("EVALSHA"::equals).as("filled again").hasSize(2);
			assertThat(similar(store, PARTITIONS.get(2))).isTrue();
			assertThat(monitor.commands()).filteredOn("EVALSHA"::equals).hasSize(1);
		}
	}

	@Test
	void indexThatDoesNotFitTakesNoMore(CapturedOutput output) {
		fill(500);
		RedisCacheStore store = store(30_000);
		for (Partition partition : PARTITIONS) {
			assertThat(similar(store, partition)).isTrue();
			assertThat(store.find(Entries.key(partition, "89")).entry()).isNotNull();
		}
		assertThat(output).containsOnlyOnce("llm-cache.redis.max-index-size");
	}

	private void fill(int count) {
		RedisCacheStore store = store(1 << 20);
		for (Partition partition : PARTITIONS) {
			long generation = store.find(Entries.key(partition, "")).generation();
			for (int i = 0; i < count; i++) {
				CacheKey key = Entries.key(partition, i + "");
				assertThat(store.put(key, this.entries.entry(i + "", Entries.vector(i % 90)), generation)).isTrue();
			}
		}
	}

	private RedisCacheStore store(long maxIndexBytes) {
		return this.fixture.store(this.fixture.settings(SearchMode.AUTO).withMaxIndexBytes(maxIndexBytes));
	}

	private static boolean similar(RedisCacheStore store, Partition partition) {
		return !store.findSimilar(partition, Entries.vector(5), 1, 0.9).isEmpty();
	}

}
