package io.github.llmcache.sample.web;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.blockhound.BlockHound;
import reactor.blockhound.BlockingOperationError;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

import io.github.llmcache.core.LlmCache;
import io.github.llmcache.sample.web.EventStream.Event;
import io.github.llmcache.store.EvictionSelector;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The page's streams on WebFlux, where BlockHound watches the event loops.
 */
@Tag("event-loop")
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "spring.main.web-application-type=reactive", "sample.models.swift.latency=20ms",
				"sample.models.swift.tokens-per-second=1000", "llm-cache.tasks.support.evidence=verifier" })
@Timeout(60)
class WebFluxTests {

	private static final String DARK_MODE_ON = "How do I turn on dark mode?";

	private static final List<Throwable> BLOCKED = new CopyOnWriteArrayList<>();

	@LocalServerPort
	private int port;

	@Autowired
	private LlmCache cache;

	@BeforeAll
	static void watch() {
		BlockHound.install((builder) -> builder
			.blockingMethodCallback((method) -> BLOCKED.add(new BlockingOperationError(method))));
	}

	@BeforeEach
	void forget() {
		BLOCKED.clear();
	}

	@Test
	void blockingIsNoticed() {
		Mono.fromRunnable(WebFluxTests::sleep).subscribeOn(Schedulers.parallel()).block();
		assertThat(blockedByUs(WebFluxTests.class.getName() + ".sleep")).isNotEmpty();
	}

	@Test
	void noEventLoopIsBlocked() throws Exception {
		this.cache.evict(EvictionSelector.all());
		ExecutorService callers = Executors.newFixedThreadPool(20);
		for (String outcome : List.of("miss", "exact", "semantic")) {
			String prompt = outcome.equals("semantic") ? "How can I turn on dark mode?" : DARK_MODE_ON;
			List<Future<List<Event>>> answers = new ArrayList<>();
			for (int i = 0; i < 20; i++) {
				answers.add(callers.submit(() -> ask(prompt)));
			}
			List<String> outcomes = new ArrayList<>();
			for (Future<List<Event>> answer : answers) {
				List<Event> events = answer.get();
				assertThat(events.stream().map(Event::text).collect(Collectors.joining())).contains("Theme to Dark");
				outcomes.add(events.get(events.size() - 1).outcome());
			}
			assertThat(outcomes).contains(outcome);
		}
		callers.shutdown();
		assertThat(blockedByUs("io.github.llmcache.")).isEmpty();
	}

	/**
	 * Where a thread waited that must not, with a class of ours on its stack: others may
	 * wait for a lock that is held for microseconds, as Jackson does when it sees a type
	 * for the first time.
	 */
	private static List<String> blockedByUs(String frame) {
		return BLOCKED.stream()
			.map((blocked) -> Arrays.stream(blocked.getStackTrace())
				.map(StackTraceElement::toString)
				.filter((line) -> !line.contains("WebFluxTests.lambda$watch"))
				.collect(Collectors.joining("\n")))
			.filter((stack) -> stack.contains(frame)
					&& !stack.contains("java.util.concurrent.ThreadPoolExecutor.execute"))
			.toList();
	}

	private static void sleep() {
		try {
			Thread.sleep(1);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private List<Event> ask(String prompt) {
		try (EventStream stream = EventStream.open(this.port, "support", prompt)) {
			assertThat(stream.status()).isEqualTo(200);
			return stream.rest();
		}
	}

}
