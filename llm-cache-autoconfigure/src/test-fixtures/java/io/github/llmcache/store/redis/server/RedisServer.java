package io.github.llmcache.store.redis.server;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

import org.springframework.util.FileSystemUtils;

/**
 * A server process with a port and a directory of its own, which it keeps when it is
 * stopped and started again. What it holds is gone then, unless it is told to keep it.
 */
public final class RedisServer implements AutoCloseable {

	private static final Duration START_TIMEOUT = Duration.ofSeconds(30);

	private static final int ATTEMPTS = 5;

	private static final Set<RedisServer> open = ConcurrentHashMap.newKeySet();

	static {
		Runtime.getRuntime().addShutdownHook(new Thread(() -> open.forEach(RedisServer::close)));
	}

	private final RedisKind kind;

	private final List<String> options;

	private final Path directory;

	private int port;

	private @Nullable Process process;

	private RedisServer(RedisKind kind, List<String> options) {
		this.kind = kind;
		this.options = List.copyOf(options);
		try {
			this.directory = Files.createTempDirectory("llm-cache-redis");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		open.add(this);
	}

	/**
	 * Start a server on a free port.
	 * @param options more of its configuration, such as {@code --maxmemory}, {@code 2mb}
	 */
	public static RedisServer start(RedisKind kind, String... options) {
		RedisServer server = new RedisServer(kind, List.of(options));
		IllegalStateException failure = null;
		for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
			server.port = freePort();
			try {
				server.start();
				return server;
			}
			catch (IllegalStateException ex) {
				// somebody else may have taken the port
				failure = ex;
				server.kill();
			}
		}
		throw new IllegalStateException(kind + " does not start", failure);
	}

	/**
	 * Start a Sentinel on a free port.
	 * @param configuration what it watches
	 */
	static RedisServer startSentinel(RedisKind kind, String configuration) {
		RedisServer server = new RedisServer(kind, List.of());
		server.port = freePort();
		Path file = server.directory.resolve("sentinel.conf");
		try {
			Files.writeString(file, "port " + server.port + "\nbind 127.0.0.1\n" + configuration);
			server.await(server.start(List.of(kind.executable(), file.toString(), "--sentinel")));
			return server;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Start a server in the place of another one.
	 */
	public static RedisServer startOn(int port, RedisKind kind) {
		RedisServer server = new RedisServer(kind, List.of());
		server.port = port;
		server.start();
		return server;
	}

	/**
	 * A port below those that clients are given, and such that the port of a cluster's
	 * bus exists.
	 */
	public static int freePort() {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			int port = socket.getLocalPort();
			return (port > 55_000) ? port - 10_000 : port;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Start it again where it was.
	 */
	public void start() {
		await(startWithoutWaiting());
	}

	private void await(Process started) {
		Awaitility.await()
			.pollInterval(Duration.ofMillis(10))
			.atMost(START_TIMEOUT)
			.until(() -> !started.isAlive() || answers());
		if (!started.isAlive()) {
			throw new IllegalStateException(this.kind + " ended, see " + this.directory.resolve("log"));
		}
	}

	/**
	 * Start it again where it was, which may take a while.
	 * @param moreOptions more of its configuration for this time
	 */
	public Process startWithoutWaiting(String... moreOptions) {
		List<String> command = new ArrayList<>(List.of(this.kind.executable(), "--port", Integer.toString(this.port),
				"--bind", "127.0.0.1", "--dir", this.directory.toString(), "--save", ""));
		command.addAll(this.options);
		command.addAll(List.of(moreOptions));
		return start(command);
	}

	private Process start(List<String> command) {
		File log = this.directory.resolve("log").toFile();
		try {
			Process started = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log).start();
			this.process = started;
			return started;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	public int port() {
		return this.port;
	}

	public Path directory() {
		return this.directory;
	}

	/**
	 * Run one command on a connection of its own.
	 */
	public @Nullable Object command(String... words) {
		try (RespConnection connection = new RespConnection(this.port)) {
			return connection.command(words);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * End it at once, as a crash would.
	 */
	public void kill() {
		Process current = this.process;
		if (current != null) {
			current.destroyForcibly();
			try {
				current.waitFor(10, TimeUnit.SECONDS);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}
	}

	/**
	 * Let it hang: connections stay, and nothing is answered.
	 */
	public void pause() {
		signal("STOP");
	}

	public void resume() {
		signal("CONT");
	}

	private void signal(String name) {
		Process current = this.process;
		if (current == null) {
			throw new IllegalStateException("Not started");
		}
		try {
			new ProcessBuilder("kill", "-" + name, Long.toString(current.pid())).start().waitFor();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private boolean answers() {
		try (RespConnection connection = new RespConnection(this.port)) {
			return "PONG".equals(connection.command("PING"));
		}
		catch (IOException | UncheckedIOException ex) {
			return false;
		}
		catch (IllegalStateException ex) {
			return ex.getMessage().startsWith("NOAUTH") || ex.getMessage().startsWith("NOPERM");
		}
	}

	@Override
	public void close() {
		kill();
		open.remove(this);
		try {
			FileSystemUtils.deleteRecursively(this.directory);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
