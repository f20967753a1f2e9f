package io.github.llmcache.sample.web;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;

import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;

import io.github.llmcache.core.LlmCache;
import io.github.llmcache.event.LlmCacheListener;
import io.github.llmcache.event.LookupEvent;
import io.github.llmcache.store.EvictionSelector;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The sample on virtual threads, which the JDK's flight recorder watches for those that
 * keep their carrier while they wait. On a JDK without them, the same on platform
 * threads.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "spring.threads.virtual.enabled=true", "sample.models.swift.latency=50ms",
				"sample.models.swift.tokens-per-second=1000", "llm-cache.tasks.support.evidence=verifier" })
@Timeout(120)
class VirtualThreadTests {

	private static final List<String> PROMPTS = List.of("How do I turn on dark mode?", "How can I turn on dark mode?",
			"How do I get a refund?", "Where can I find my invoice?");

	@LocalServerPort
	private int port;

	@Test
	void noVirtualThreadKeepsItsCarrierWhileItWaits(@Autowired LlmCache cache, @Autowired ThreadWatch watch,
			@TempDir Path directory) throws Exception {
		ExecutorService callers = Executors.newFixedThreadPool(40);
		// once before, since a class keeps the carriers of those who wait for its first
		// use
		askAll(callers);
		cache.evict(EvictionSelector.all());
		try (Recording recording = new Recording()) {
			recording.enable("jdk.VirtualThreadPinned").withoutThreshold().withStackTrace();
			recording.start();
			askAll(callers);
			recording.stop();
			Path file = directory.resolve("pinned.jfr");
			recording.dump(file);
			assertThat(pinned(file)).isEmpty();
		}
		callers.shutdown();
		assertThat(watch.thread.get().startsWith("VirtualThread")).isEqualTo(Runtime.version().feature() >= 21);
	}

	private void askAll(ExecutorService callers) throws Exception {
		List<Future<Boolean>> answers = new ArrayList<>();
		for (int i = 0; i < 400; i++) {
			String prompt = PROMPTS.get(i % PROMPTS.size());
			boolean streaming = i % 8 < 4;
			answers.add(callers.submit(() -> streaming ? stream(prompt) : ask(prompt)));
		}
		for (Future<Boolean> answer : answers) {
			assertThat(answer.get()).isTrue();
		}
	}

	/**
	 * Where threads were pinned while they ran the cache or the application, apart from
	 * what the JDK does under locks of its own: loading and initialising a class,
	 * starting a thread.
	 */
	private static List<String> pinned(Path file) throws IOException {
		return RecordingFile.readAllEvents(file).stream().filter((event) -> {
			List<String> types = event.getStackTrace()
				.getFrames()
				.stream()
				.map((frame) -> frame.getMethod().getType().getName())
				.toList();
			return types.stream().anyMatch((type) -> type.startsWith("io.github.llmcache.")) && types.stream()
				.noneMatch((type) -> type.startsWith("jdk.internal.loader.")
						|| type.equals("jdk.internal.vm.ThreadContainer"))
					&& !isInitialization(event);
		}).map(RecordedEvent::toString).toList();
	}

	private static boolean isInitialization(RecordedEvent event) {
		return event.hasField("pinnedReason") && event.getString("pinnedReason") != null
				&& event.getString("pinnedReason").startsWith("Waited for initialization of jdk.internal.");
	}

	private boolean stream(String prompt) {
		try (EventStream stream = EventStream.open(this.port, "support", prompt)) {
			return stream.rest().size() > 2;
		}
	}

	private boolean ask(String prompt) throws IOException, InterruptedException {
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + this.port + "/api/ask"))
			.header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString("{\"task\": \"support\", \"prompt\": \"" + prompt + "\"}"))
			.build();
		return HttpClient.newHttpClient()
			.send(request, HttpResponse.BodyHandlers.ofString())
			.body()
			.contains("\"outcome\"");
	}

	/**
	 * Remembers on which thread a lookup was.
	 */
	static final class ThreadWatch implements LlmCacheListener {

		final AtomicReference<String> thread = new AtomicReference<>("");

		@Override
		public void onLookup(LookupEvent event) {
			this.thread.set(Thread.currentThread().toString());
		}

	}

	@TestConfiguration(proxyBeanMethods = false)
	static class Watched {

		@Bean
		ThreadWatch threadWatch() {
			return new ThreadWatch();
		}

	}

}
