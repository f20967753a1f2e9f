package io.github.llmcache.sample.web;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

import io.github.llmcache.core.LlmCache;
import io.github.llmcache.sample.web.EventStream.Event;
import io.github.llmcache.store.CacheStore;
import io.github.llmcache.store.CacheStore.StoreUsage;
import io.github.llmcache.store.EvictionSelector;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Answers as server-sent events, from a servlet container.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "sample.models.swift.latency=50ms", "sample.models.swift.tokens-per-second=100",
				"llm-cache.tasks.support.evidence=verifier" })
@Timeout(60)
class StreamTests {

	private static final String DARK_MODE_ON = "How do I turn on dark mode?";

	@LocalServerPort
	private int port;

	@Autowired
	private LlmCache cache;

	@Autowired
	private CacheStore store;

	@BeforeEach
	void emptyCache() {
		this.cache.evict(EvictionSelector.all());
	}

	@Test
	void hitHasTheSamePartsAsTheAnswerThatWasWritten() {
		List<Event> written = ask(DARK_MODE_ON);
		assertThat(last(written).outcome()).isEqualTo("miss");
		assertThat(text(written)).contains("Theme to Dark").isEqualTo(last(written).data().path("answer").asString());
		assertThat(written).hasSizeGreaterThan(10);
		List<Event> exact = ask(DARK_MODE_ON);
		assertThat(last(exact).outcome()).isEqualTo("exact");
		assertThat(exact).extracting(Event::text).isEqualTo(written.stream().map(Event::text).toList());
		List<Event> semantic = ask("How can I turn on dark mode?");
		assertThat(last(semantic).outcome()).isEqualTo("semantic");
		assertThat(last(semantic).data().path("matchedPrompt").asString()).isEqualTo(DARK_MODE_ON);
		assertThat(text(semantic)).isEqualTo(text(written));
		assertThat(text(ask("How do I turn off dark mode?"))).contains("Theme to Light");
	}

	@Test
	void manyCallersGetTheAnswerOfOneModelCall() throws Exception {
		ExecutorService callers = Executors.newFixedThreadPool(20);
		List<Future<List<Event>>> answers = new ArrayList<>();
		for (int i = 0; i < 20; i++) {
			answers.add(callers.submit(() -> ask(DARK_MODE_ON)));
		}
		int misses = 0;
		for (Future<List<Event>> answer : answers) {
			assertThat(text(answer.get())).contains("Theme to Dark");
			misses += last(answer.get()).outcome().equals("miss") ? 1 : 0;
		}
		callers.shutdown();
		assertThat(misses).isOne();
	}

	@Test
	void callerThatHangsUpLeavesNothing() {
		try (EventStream stream = EventStream.open(this.port, "support", DARK_MODE_ON)) {
			assertThat(stream.next().text()).isNotEmpty();
		}
		assertThat(last(ask(DARK_MODE_ON)).outcome()).isIn("miss", "exact");
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.until(() -> last(ask(DARK_MODE_ON)).outcome().equals("exact"));
		// a caller that joined another one's stream is answered before the answer is
		// stored
		Awaitility.await()
			.untilAsserted(() -> assertThat(this.store.usage()).extractingByKey("support")
				.extracting(StoreUsage::entries)
				.isEqualTo(1L));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "no-cache|miss", "no-store|bypass", "max-age=60|exact" })
	void requestSaysWhatItWantsOfTheCache(String cacheControl, String outcome) {
		ask(DARK_MODE_ON);
		try (EventStream stream = EventStream.open(this.port, "support", DARK_MODE_ON, "Cache-Control", cacheControl)) {
			assertThat(last(stream.rest()).outcome()).isEqualTo(outcome);
		}
	}

	@Test
	void missingPromptIsABadRequest() {
		try (EventStream stream = EventStream.open(this.port, "support", " ")) {
			assertThat(stream.status()).isEqualTo(400);
			assertThat(stream.body()).contains("The prompt is missing.");
		}
	}

	private List<Event> ask(String prompt) {
		try (EventStream stream = EventStream.open(this.port, "support", prompt)) {
			return stream.rest();
		}
	}

	private static Event last(List<Event> events) {
		return events.get(events.size() - 1);
	}

	private static String text(List<Event> events) {
		return events.stream().map(Event::text).collect(Collectors.joining());
	}

}
