package io.github.llmcache.sample.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The server-sent events of an answer, read as they come. Each stream has a connection of
 * its own: one that is kept may be closed by the server at the moment when it is used.
 */
final class EventStream implements AutoCloseable {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private final HttpResponse<Stream<String>> response;

	private final Iterator<String> lines;

	private EventStream(HttpResponse<Stream<String>> response) {
		this.response = response;
		this.lines = response.body().iterator();
	}

	/**
	 * Ask.
	 */
	static EventStream open(int port, String task, String prompt, String... headers) {
		String body = JSON.writeValueAsString(java.util.Map.of("task", task, "prompt", prompt));
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/api/stream"))
			.header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString(body));
		if (headers.length > 0) {
			request.headers(headers);
		}
		try {
			return new EventStream(
					HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofLines()));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	int status() {
		return this.response.statusCode();
	}

	String body() {
		List<String> all = new ArrayList<>();
		this.lines.forEachRemaining(all::add);
		return String.join("\n", all);
	}

	/**
	 * The next event.
	 */
	Event next() {
		String name = "";
		while (this.lines.hasNext()) {
			String line = this.lines.next();
			if (line.startsWith("event:")) {
				name = line.substring("event:".length()).strip();
			}
			if (line.startsWith("data:")) {
				return new Event(name, JSON.readTree(line.substring("data:".length())));
			}
		}
		throw new IllegalStateException("The stream has ended");
	}

	/**
	 * All events up to the end.
	 */
	List<Event> rest() {
		List<Event> events = new ArrayList<>();
		do {
			events.add(next());
		}
		while (events.get(events.size() - 1).name().equals("text"));
		return events;
	}

	/**
	 * Hang up.
	 */
	@Override
	public void close() {
		this.response.body().close();
	}

	/**
	 * One event.
	 */
	record Event(String name, JsonNode data) {

		String text() {
			return this.data.path("text").asString("");
		}

		String outcome() {
			return this.data.path("outcome").asString("");
		}

	}

}
