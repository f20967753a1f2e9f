package io.github.llmcache.store.redis;

import java.util.Arrays;
import java.util.stream.Stream;

import org.springframework.data.redis.connection.RedisClusterConfiguration;
import org.springframework.data.redis.connection.RedisConfiguration;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;

import io.github.llmcache.store.redis.server.RedisKind;
import io.github.llmcache.store.redis.server.RedisServers;

/**
 * Where entries are in a test that shares its servers with others.
 *
 * @param kind the server; {@code null} for the cluster
 * @param shards the number of shards
 */
record RedisSetup(RedisKind kind, int shards) {

	/**
	 * Each server that is supported, and shards on some of them and on the cluster.
	 */
	static Stream<RedisSetup> all() {
		return Stream.concat(Arrays.stream(RedisKind.values()).map((kind) -> new RedisSetup(kind, 1)), withShards());
	}

	/**
	 * Three shards, with either kind of search, and on the cluster.
	 */
	static Stream<RedisSetup> withShards() {
		return Stream.of(new RedisSetup(RedisKind.REDIS_7, 3), new RedisSetup(RedisKind.REDIS_8, 3),
				new RedisSetup(null, 3));
	}

	RedisConfiguration configuration() {
		return (this.kind != null)
				? new RedisStandaloneConfiguration("127.0.0.1", RedisServers.shared(this.kind).port())
				: new RedisClusterConfiguration(RedisServers.sharedCluster().nodes());
	}

	@Override
	public String toString() {
		return ((this.kind != null) ? this.kind : "cluster") + ", shards: " + this.shards;
	}

}
