package io.github.llmcache.sample.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.github.llmcache.sample.SampleApplication;
import io.github.llmcache.store.redis.server.RedisServer;

/**
 * The sample in a process of its own.
 */
final class SampleProcess implements AutoCloseable {

	private final HttpClient client = HttpClient.newHttpClient();

	private final int port = RedisServer.freePort();

	private final Process process;

	/**
	 * Start the server.
	 * @param options options of the sample
	 */
	SampleProcess(Path output, String... options) throws IOException {
		List<String> arguments = new ArrayList<>(List.of(options));
		arguments.add("--server.port=" + this.port);
		this.process = start(output, arguments);
		Awaitility.await()
			.pollInterval(Duration.ofMillis(200))
			.atMost(Duration.ofSeconds(60))
			.ignoreExceptions()
			.until(() -> get("/actuator/health").statusCode() == 200);
	}

	/**
	 * Start the sample, as a server or with one of its commands.
	 */
	static Process start(Path output, List<String> arguments) throws IOException {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
						System.getProperty("java.class.path"), SampleApplication.class.getName()));
		command.addAll(arguments);
		return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
	}

	CompletableFuture<JsonNode> ask(String prompt) {
		HttpRequest request = HttpRequest.newBuilder(uri("/api/ask"))
			.header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString("{\"task\": \"support\", \"prompt\": \"%s\"}".formatted(prompt)))
			.build();
		return this.client.sendAsync(request, BodyHandlers.ofString())
			.thenApply((response) -> new JsonMapper().readTree(response.body()));
	}

	/**
	 * How often a model was asked.
	 */
	long modelCalls() {
		try {
			return new JsonMapper().readTree(get("/api/stats").body()).path("modelCalls").longValue();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * End it at once, with no chance to clean up.
	 */
	void kill() {
		this.process.destroyForcibly();
	}

	private HttpResponse<String> get(String path) throws IOException, InterruptedException {
		return this.client.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
	}

	private URI uri(String path) {
		return URI.create("http://localhost:" + this.port + path);
	}

	@Override
	public void close() {
		kill();
	}

}
