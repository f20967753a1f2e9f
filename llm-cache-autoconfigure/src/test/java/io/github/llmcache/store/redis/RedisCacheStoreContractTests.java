package io.github.llmcache.store.redis;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

import org.springframework.data.redis.connection.RedisClusterConfiguration;
import org.springframework.data.redis.connection.RedisConfiguration;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;

import io.github.llmcache.store.redis.server.RedisKind;
import io.github.llmcache.store.redis.server.RedisServers;

/**
 * The contract on each server that is supported.
 */
class RedisCacheStoreContractTests {

	@Nested
	@Tag("thorough")
	class Redis62 extends OneServer {

		Redis62() {
			super(RedisKind.REDIS_6_2, SearchMode.IN_PROCESS);
		}

	}

	@Nested
	class Redis7 extends OneServer {

		Redis7() {
			super(RedisKind.REDIS_7, SearchMode.IN_PROCESS);
		}

	}

	@Nested
	class Redis8 extends OneServer {

		Redis8() {
			super(RedisKind.REDIS_8, SearchMode.VECTOR_SET);
		}

	}

	@Nested
	@Tag("thorough")
	class Redis8InProcess extends OneServer {

		Redis8InProcess() {
			super(RedisKind.REDIS_8, SearchMode.IN_PROCESS);
		}

	}

	@Nested
	class Redis7Shards extends OneServer {

		Redis7Shards() {
			super(RedisKind.REDIS_7, SearchMode.IN_PROCESS);
		}

		@Override
		int shards() {
			return 3;
		}

	}

	@Nested
	class Redis8Shards extends OneServer {

		Redis8Shards() {
			super(RedisKind.REDIS_8, SearchMode.VECTOR_SET);
		}

		@Override
		int shards() {
			return 3;
		}

	}

	@Nested
	@Tag("thorough")
	class Valkey8 extends OneServer {

		Valkey8() {
			super(RedisKind.VALKEY_8, SearchMode.IN_PROCESS);
		}

	}

	@Nested
	@Tag("thorough")
	class Redis8Cluster extends Cluster {

		Redis8Cluster() {
			super(SearchMode.VECTOR_SET);
		}

	}

	@Nested
	@Tag("thorough")
	class Redis8ClusterInProcess extends Cluster {

		Redis8ClusterInProcess() {
			super(SearchMode.IN_PROCESS);
		}

	}

	@Nested
	@Tag("thorough")
	class Redis8ClusterShards extends Cluster {

		Redis8ClusterShards() {
			super(SearchMode.VECTOR_SET);
		}

		@Override
		int shards() {
			return 3;
		}

	}

	@Nested
	@Tag("thorough")
	class Redis8ClusterShardsInProcess extends Cluster {

		Redis8ClusterShardsInProcess() {
			super(SearchMode.IN_PROCESS);
		}

		@Override
		int shards() {
			return 16;
		}

	}

	abstract static class OneServer extends RedisStoreContract {

		private final RedisKind kind;

		private final SearchMode search;

		OneServer(RedisKind kind, SearchMode search) {
			this.kind = kind;
			this.search = search;
		}

		@Override
		RedisConfiguration server() {
			return new RedisStandaloneConfiguration("127.0.0.1", RedisServers.shared(this.kind).port());
		}

		@Override
		SearchMode search() {
			return this.search;
		}

	}

	abstract static class Cluster extends RedisStoreContract {

		private final SearchMode search;

		Cluster(SearchMode search) {
			this.search = search;
		}

		@Override
		RedisConfiguration server() {
			return new RedisClusterConfiguration(RedisServers.sharedCluster().nodes());
		}

		@Override
		SearchMode search() {
			return this.search;
		}

	}

}
