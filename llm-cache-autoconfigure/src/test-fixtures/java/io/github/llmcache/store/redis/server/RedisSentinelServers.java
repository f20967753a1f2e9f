package io.github.llmcache.store.redis.server;

import java.io.UncheckedIOException;
import java.time.Duration;

import org.awaitility.Awaitility;

/**
 * A master, its replica, and one Sentinel, which makes the replica master when the master
 * is gone for half a second.
 */
public final class RedisSentinelServers implements AutoCloseable {

	public static final String MASTER = "mymaster";

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	private final RedisServer master;

	private final RedisServer replica;

	private final RedisServer sentinel;

	public RedisSentinelServers(RedisKind kind) {
		this.master = RedisServer.start(kind, "--repl-diskless-sync-delay", "0");
		this.replica = RedisServer.start(kind, "--replicaof", "127.0.0.1 " + this.master.port());
		Awaitility.await().atMost(TIMEOUT).until(() -> info(this.replica).contains("master_link_status:up"));
		this.sentinel = RedisServer.startSentinel(kind, """
				sentinel monitor %1$s 127.0.0.1 %2$d 1
				sentinel down-after-milliseconds %1$s 500
				sentinel failover-timeout %1$s 2000
				""".formatted(MASTER, this.master.port()));
		Awaitility.await()
			.atMost(TIMEOUT)
			.until(() -> String.valueOf(this.sentinel.command("SENTINEL", "REPLICAS", MASTER))
				.contains(Integer.toString(this.replica.port())));
	}

	public int sentinelPort() {
		return this.sentinel.port();
	}

	/**
	 * Kill the master, and wait until the replica has taken its place. It drops its
	 * connections when its role changes.
	 */
	public void failOver() {
		this.master.kill();
		Awaitility.await()
			.atMost(TIMEOUT)
			.ignoreException(UncheckedIOException.class)
			.until(() -> info(this.replica).contains("role:master"));
	}

	private static String info(RedisServer server) {
		return String.valueOf(server.command("INFO", "replication"));
	}

	@Override
	public void close() {
		this.sentinel.close();
		this.replica.close();
		this.master.close();
	}

}
