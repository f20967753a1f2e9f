package io.github.llmcache.store.redis.server;

import java.util.EnumMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * One server of each kind, and one cluster, for all tests of this JVM that do not stop or
 * break it: each uses a key prefix of its own.
 */
public final class RedisServers {

	private static final Map<RedisKind, RedisServer> servers = new EnumMap<>(RedisKind.class);

	private static @Nullable RedisClusterServers cluster;

	private RedisServers() {
	}

	public static synchronized RedisServer shared(RedisKind kind) {
		return servers.computeIfAbsent(kind, RedisServer::start);
	}

	public static synchronized RedisClusterServers sharedCluster() {
		if (cluster == null) {
			cluster = RedisClusterServers.start(RedisKind.REDIS_8);
		}
		return cluster;
	}

}
