package io.github.llmcache.store.redis;

import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.data.redis.connection.RedisClusterConfiguration;
import org.springframework.data.redis.connection.RedisConfiguration;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;

import io.github.llmcache.test.contract.Entries;
import io.github.llmcache.store.EntryStore;
import io.github.llmcache.store.Partition;
import io.github.llmcache.store.ScopeQuota;
import io.github.llmcache.store.ScopeQuotaContract;
import io.github.llmcache.store.redis.server.RedisKind;
import io.github.llmcache.store.redis.server.RedisServers;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@link RedisCacheStore} keeps scopes within their quota, on any server and over all
 * instances.
 */
@ParameterizedClass
@EnumSource(RedisScopeQuotaTests.Server.class)
class RedisScopeQuotaTests extends ScopeQuotaContract {

	@Parameter
	private Server server;

	@AutoClose
	private RedisStoreFixture fixture;

	@Override
	protected EntryStore store(ScopeQuota quota) {
		if (this.fixture == null) {
			this.fixture = new RedisStoreFixture(this.server.configuration());
		}
		return this.fixture.store(
				this.fixture.settings(this.server.search).withShards(this.server.shards).withQuota(quota),
				RedisStoreFixture.TIMEOUT, this.events);
	}

	@Test
	void instancesKeepTheQuotaTogether() {
		List<EntryStore> instances = List.of(store(new ScopeQuota(20L, null)), store(new ScopeQuota(20L, null)));
		List<Partition> partitions = IntStream.range(0, 8)
			.mapToObj((i) -> Entries.partition("task " + i, "small", null, "tenant"))
			.toList();
		for (int i = 0; i < 60; i++) {
			put(instances.get(i % 2), partitions.get(i % 8), "prompt " + i);
		}
		List<String> kept = partitions.stream()
			.flatMap((partition) -> prompts(instances.get(0), partition).stream())
			.toList();
		assertThat(kept)
			.containsExactlyInAnyOrderElementsOf(IntStream.range(40, 60).mapToObj((i) -> "prompt " + i).toList());
	}

	@Test
	void expiredEntriesMakeRoom() {
		EntryStore store = store(new ScopeQuota(2L, null));
		put(store, SUPPORT, "a");
		put(store, PRICES, "b");
		this.fixture.elapse(Entries.TTL.plusMinutes(1));
		assertThat(prompts(store, SUPPORT)).isEmpty();
		put(store, SUPPORT, "c");
		put(store, SUPPORT, "d");
		assertThat(prompts(store, SUPPORT)).containsExactlyInAnyOrder("c", "d");
	}

	@Test
	void nothingIsCountedWithoutAQuota() {
		EntryStore store = store(ScopeQuota.UNLIMITED);
		put(store, SUPPORT, "a");
		assertThat(this.fixture.keys()).noneMatch((key) -> key.contains(":quota:"));
	}

	/**
	 * Where entries are.
	 */
	enum Server {

		REDIS_6_2(RedisKind.REDIS_6_2, SearchMode.IN_PROCESS, 1),

		REDIS_8(RedisKind.REDIS_8, SearchMode.VECTOR_SET, 1),

		VALKEY_8(RedisKind.VALKEY_8, SearchMode.IN_PROCESS, 1),

		CLUSTER(null, SearchMode.AUTO, 1),

		SHARDS(RedisKind.REDIS_7, SearchMode.IN_PROCESS, 3),

		CLUSTER_SHARDS(null, SearchMode.AUTO, 3);

		private final RedisKind kind;

		private final SearchMode search;

		private final int shards;

		Server(RedisKind kind, SearchMode search, int shards) {
			this.kind = kind;
			this.search = search;
			this.shards = shards;
		}

		RedisConfiguration configuration() {
			return (this.kind != null)
					? new RedisStandaloneConfiguration("127.0.0.1", RedisServers.shared(this.kind).port())
					: new RedisClusterConfiguration(RedisServers.sharedCluster().nodes());
		}

	}

}
