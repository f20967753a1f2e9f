package io.github.llmcache.store.redis.server;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.awaitility.Awaitility;

/**
 * A cluster of three masters, each with a third of the slots.
 */
public final class RedisClusterServers implements AutoCloseable {

	private static final int NODES = 3;

	private static final int SLOTS = 16_384;

	private final List<RedisServer> servers;

	private RedisClusterServers(List<RedisServer> servers) {
		this.servers = List.copyOf(servers);
	}

	public static RedisClusterServers start(RedisKind kind) {
		List<RedisServer> servers = new ArrayList<>();
		for (int i = 0; i < NODES; i++) {
			servers.add(RedisServer.start(kind, "--cluster-enabled", "yes", "--cluster-node-timeout", "2000"));
		}
		RedisClusterServers cluster = new RedisClusterServers(servers);
		for (int i = 0; i < NODES; i++) {
			RedisServer server = servers.get(i);
			server.command("CLUSTER", "ADDSLOTSRANGE", Integer.toString(i * SLOTS / NODES),
					Integer.toString((i + 1) * SLOTS / NODES - 1));
			server.command("CLUSTER", "SET-CONFIG-EPOCH", Integer.toString(i + 1));
			if (i > 0) {
				server.command("CLUSTER", "MEET", "127.0.0.1", Integer.toString(servers.get(0).port()));
			}
		}
		cluster.awaitReady();
		return cluster;
	}

	public List<RedisServer> servers() {
		return this.servers;
	}

	public List<String> nodes() {
		return this.servers.stream().map((server) -> "127.0.0.1:" + server.port()).toList();
	}

	/**
	 * Wait until all nodes know each other and all slots.
	 */
	public void awaitReady() {
		Awaitility.await()
			.pollInterval(Duration.ofMillis(50))
			.atMost(Duration.ofSeconds(30))
			.until(() -> this.servers.stream().allMatch(RedisClusterServers::isReady));
	}

	private static boolean isReady(RedisServer server) {
		String info = String.valueOf(server.command("CLUSTER", "INFO"));
		return info.contains("cluster_state:ok") && info.contains("cluster_known_nodes:" + NODES);
	}

	@Override
	public void close() {
		this.servers.forEach(RedisServer::close);
	}

}
