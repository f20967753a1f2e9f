package io.github.llmcache.sample.evaluate;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.github.llmcache.answer.AnswerEquivalence;
import io.github.llmcache.answer.AnswerEquivalence.Verdict;
import io.github.llmcache.answer.Outcome;
import io.github.llmcache.autoconfigure.executor.AuditExecutor;
import io.github.llmcache.core.CacheRequest;
import io.github.llmcache.core.CallControl;
import io.github.llmcache.core.LlmCache;
import io.github.llmcache.sample.SampleApplication;
import io.github.llmcache.store.EvictionSelector;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Answers that are worded anew each time, with the real models of the cache and a judge
 * of answers that knows what each is about.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AnswerGroupTests {

	private static final Map<String, String> WORDINGS = Map.of("someone stole my card",
			"Block the card in the app at once.", "a thief took my bank card",
			"You should block it right away; the app can do that.", "my debit card got stolen",
			"First of all, have the card blocked. You can do so in our app.", "help, card stolen",
			"Don't worry! Open the app and choose to block your card.", "I was robbed of my card",
			"Sorry to hear that. Please block the card under Cards in the app.");

	private static final List<String> PLACES = List.of("Rome", "Oslo", "Lima", "Cairo", "Delhi", "Tokyo", "Paris",
			"Berlin", "Madrid", "Vienna", "Dublin", "Athens");

	private ConfigurableApplicationContext context;

	private LlmCache cache;

	@BeforeAll
	void start() {
		this.context = new SpringApplicationBuilder(SampleApplication.class, Judge.class).web(WebApplicationType.NONE)
			.run();
		this.cache = this.context.getBean(LlmCache.class);
	}

	@AfterAll
	void stop() {
		this.context.close();
	}

	@BeforeEach
	void hold() {
		this.cache.evict(EvictionSelector.task("groups"));
		// nothing is corroborated in a task with few answers
		PLACES.forEach((place) -> ask("how do I get to " + place, "by the road to " + place));
		try (CallControl.Scope scope = CallControl.refresh().apply()) {
			WORDINGS.forEach(this::ask);
		}
	}

	@Test
	void wordingsWhoseAnswersSayTheSameCorroborateAnother() {
		assertThat(ask("my card has been stolen, what now", "block it")).isEqualTo(Outcome.SEMANTIC);
	}

	@ParameterizedTest
	@ValueSource(strings = { "my phone has been stolen, what now", "my card has been declined, what now",
			"someone stole my card number", "my card has not been stolen", "I found a stolen card",
			"someone stole my car" })
	void lookAlikeIsNotCorroborated(String prompt) {
		assertThat(ask(prompt, "something else")).isEqualTo(Outcome.MISS);
	}

	private Outcome ask(String prompt, String answer) {
		CacheRequest<String> request = CacheRequest.forTask("groups", String.class)
			.prompt(prompt)
			.semantic(true)
			.policy((policy) -> policy.minSimilarity(0.4))
			.build();
		return this.cache.get(request, () -> answer).outcome();
	}

	@Configuration(proxyBeanMethods = false)
	static class Judge {

		@Bean
		AnswerEquivalence judge() {
			return (compared) -> Verdict
				.of(WORDINGS.containsValue(compared.answer()) && WORDINGS.containsValue(compared.cachedAnswer()));
		}

		@Bean
		AuditExecutor auditExecutor() {
			return new AuditExecutor(Runnable::run);
		}

	}

}
