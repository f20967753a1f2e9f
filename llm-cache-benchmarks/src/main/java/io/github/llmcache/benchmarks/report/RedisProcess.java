package io.github.llmcache.benchmarks.report;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.util.FileSystemUtils;

/**
 * A Redis server on this machine that keeps nothing on disk: the one that
 * {@code LLM_CACHE_TEST_REDIS_8} names, or else the one on the {@code PATH}.
 */
final class RedisProcess implements AutoCloseable {

	static final String VARIABLE = "LLM_CACHE_TEST_REDIS_8";

	/** The property that says where the server is. */
	static final String PORT_PROPERTY = "spring.data.redis.port";

	private static final Pattern VERSION = Pattern.compile("v=(\\S+)");

	private static final int ATTEMPTS = 200;

	private final Process process;

	private final Path directory;

	private final int port;

	private final String version;

	private RedisProcess(String executable) throws IOException, InterruptedException {
		this.version = version(executable);
		this.port = freePort();
		this.directory = Files.createTempDirectory("llm-cache-benchmarks");
		this.process = new ProcessBuilder(executable, "--port", Integer.toString(this.port), "--bind", "127.0.0.1",
				"--dir", this.directory.toString(), "--save", "", "--appendonly", "no")
			.redirectOutput(this.directory.resolve("log").toFile())
			.redirectErrorStream(true)
			.start();
		Runtime.getRuntime().addShutdownHook(new Thread(this.process::destroy));
		await();
	}

	/**
	 * Start a server.
	 * @return the server, or {@code null} if none is installed
	 */
	static @Nullable RedisProcess start() throws IOException, InterruptedException {
		String executable = executable();
		return (executable != null) ? new RedisProcess(executable) : null;
	}

	static @Nullable String executable() {
		String configured = System.getenv(VARIABLE);
		return (configured != null) ? configured
				: Stream.of(System.getenv("PATH").split(File.pathSeparator))
					.map((directory) -> Path.of(directory, "redis-server"))
					.filter(Files::isExecutable)
					.map(Path::toString)
					.findFirst()
					.orElse(null);
	}

	private static String version(String executable) throws IOException {
		Process process = new ProcessBuilder(executable, "--version").start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		Matcher matcher = VERSION.matcher(output);
		return matcher.find() ? matcher.group(1) : "unknown";
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

	private void await() throws IOException, InterruptedException {
		for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
			try (Socket socket = new Socket()) {
				socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), this.port));
				return;
			}
			catch (IOException ex) {
				if (this.process.waitFor(50, TimeUnit.MILLISECONDS)) {
					throw new IOException("redis-server ended: " + Files.readString(this.directory.resolve("log")), ex);
				}
			}
		}
		throw new IOException("redis-server does not answer");
	}

	String version() {
		return this.version;
	}

	int port() {
		return this.port;
	}

	@Override
	public void close() throws IOException {
		this.process.destroy();
		this.process.onExit().join();
		FileSystemUtils.deleteRecursively(this.directory);
	}

}
