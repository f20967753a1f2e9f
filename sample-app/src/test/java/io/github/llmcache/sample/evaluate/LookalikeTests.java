package io.github.llmcache.sample.evaluate;

import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import io.github.llmcache.answer.CachedAnswer;
import io.github.llmcache.answer.Outcome;
import io.github.llmcache.core.CacheRequest;
import io.github.llmcache.core.LlmCache;
import io.github.llmcache.sample.SampleApplication;
import io.github.llmcache.store.EvictionSelector;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Questions that look alike, among them those on which the guards of other caches fail,
 * and as many that are the same, through the whole cache with the real models.
 */
@Tag("thorough")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LookalikeTests {

	private static final String OTHER_QUESTIONS = "/io/github/llmcache/verify/other-questions.csv";

	private static final String SAME_QUESTIONS = "/io/github/llmcache/verify/same-questions.csv";

	private static final List<String> WORDINGS = List.of("%s", "please tell me: %s", "hi, %s", "%s, thanks",
			"quick question: %s");

	private static final List<String> PLACES = List.of("Rome", "Oslo", "Lima", "Cairo", "Delhi", "Tokyo", "Paris",
			"Berlin", "Madrid", "Vienna", "Dublin", "Athens");

	private ConfigurableApplicationContext context;

	private LlmCache cache;

	@BeforeAll
	void start() {
		this.context = new SpringApplicationBuilder(SampleApplication.class).web(WebApplicationType.NONE).run();
		this.cache = this.context.getBean(LlmCache.class);
		for (String place : PLACES) { // nothing is corroborated in a task with few
										// answers
			this.cache.get(request("how do I get to " + place).build(), () -> "by the road to " + place);
		}
	}

	@AfterAll
	void stop() {
		this.context.close();
	}

	@ParameterizedTest(name = "{1} / {2}")
	@CsvFileSource(resources = OTHER_QUESTIONS, delimiter = '|', quoteCharacter = '\0')
	void anotherQuestionIsNotServed(String reason, String prompt, String cached) {
		assertThat(ask(prompt, List.of(cached))).as(reason).isEqualTo(Outcome.MISS);
		assertThat(ask(cached, List.of(prompt))).as(reason).isEqualTo(Outcome.MISS);
	}

	@ParameterizedTest(name = "{1} / {2}")
	@CsvFileSource(resources = OTHER_QUESTIONS, delimiter = '|', quoteCharacter = '\0')
	void fiveWordingsOfAnotherQuestionDoNotCorroborateIt(String reason, String prompt, String cached) {
		assertThat(ask(prompt, WORDINGS.stream().map((wording) -> wording.formatted(cached)).toList())).as(reason)
			.isEqualTo(Outcome.MISS);
	}

	@Test
	void fiveWordingsOfTheSameQuestionDoCorroborateIt() {
		assertThat(
				ask("my card has been stolen, what now", List.of("someone stole my card", "a thief took my bank card",
						"my debit card got stolen", "help, card stolen", "I was robbed of my card")))
			.isEqualTo(Outcome.SEMANTIC);
	}

	@ParameterizedTest(name = "{0} / {1}")
	@CsvFileSource(resources = SAME_QUESTIONS, delimiter = '|', quoteCharacter = '\0')
	void sameQuestionIsServed(String prompt, String cached) {
		assertThat(ask(prompt, List.of(cached))).isIn(Outcome.SEMANTIC, Outcome.EXACT);
	}

	private Outcome ask(String prompt, List<String> cachedPrompts) {
		this.cache.evict(EvictionSelector.task("lookalikes"));
		for (String cached : cachedPrompts) {
			this.cache.get(request(cached).policy((policy) -> policy.minSimilarity(1.0)).build(), () -> "the answer");
		}
		CachedAnswer<String> answer = this.cache
			.get(request(prompt).policy((policy) -> policy.minSimilarity(0.4)).build(), () -> "another answer");
		return answer.outcome();
	}

	private static CacheRequest.Builder<String> request(String prompt) {
		return CacheRequest.forTask("lookalikes", String.class).prompt(prompt).semantic(true);
	}

}
