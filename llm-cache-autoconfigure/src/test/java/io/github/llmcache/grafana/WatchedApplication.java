package io.github.llmcache.grafana;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;

import io.github.llmcache.answer.AnswerEquivalence.Verdict;
import io.github.llmcache.embedding.ModelBusyException;
import io.github.llmcache.embedding.TextEmbedder;
import io.github.llmcache.judge.EquivalenceJudge;
import io.github.llmcache.test.DeterministicEmbedder;
import io.github.llmcache.verify.MatchVerifier;

/**
 * An application that Prometheus scrapes.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
class WatchedApplication {

	/** The embedder has too much to do when it is asked about this. */
	static final String OVERLOAD = "overload";

	private final DeterministicEmbedder prompts = new DeterministicEmbedder()
		.same("How many seats are free?", "Free seats, how many?")
		.same("What does a ticket cost?", "Price of a ticket?")
		.same("When does the train leave?", "Departure time of my train?");

	@Bean
	TextEmbedder embedder() {
		return new BusyEmbedder(this.prompts);
	}

	@Bean
	MatchVerifier verifier() {
		return this.prompts.verifier();
	}

	@Bean
	EquivalenceJudge judge() {
		return (inquiry) -> Verdict.DIFFERENT;
	}

	private record BusyEmbedder(TextEmbedder embedder) implements TextEmbedder {

		@Override
		public float @Nullable [] embed(String text) {
			if (text.equals(OVERLOAD)) {
				throw new ModelBusyException("too many texts are waiting");
			}
			return this.embedder.embed(text);
		}

		@Override
		public int dimensions() {
			return this.embedder.dimensions();
		}

		@Override
		public String fingerprint() {
			return this.embedder.fingerprint();
		}

	}

}
