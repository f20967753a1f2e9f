package io.github.llmcache.store.redis.server;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/**
 * Sees each command that a server runs.
 */
public final class Monitor implements AutoCloseable {

	private final RedisServer server;

	private final RespConnection connection;

	public Monitor(RedisServer server) throws IOException {
		this.server = server;
		this.connection = new RespConnection(server.port());
		this.connection.command("MONITOR");
	}

	/**
	 * The commands since the last call: those of clients, and, each beginning with
	 * {@code lua}, those of scripts. Only their names.
	 */
	public List<String> commands() throws IOException {
		String end = UUID.randomUUID().toString();
		this.server.command("ECHO", end);
		List<String> commands = new ArrayList<>();
		for (String line = next(); !line.contains(end); line = next()) {
			String command = line.substring(line.indexOf('"') + 1).split("\"", 2)[0].toUpperCase(Locale.ROOT);
			commands.add(line.contains(" lua] ") ? "lua " + command : command);
		}
		return commands;
	}

	private String next() throws IOException {
		return String.valueOf(this.connection.read());
	}

	@Override
	public void close() {
		this.connection.close();
	}

}
