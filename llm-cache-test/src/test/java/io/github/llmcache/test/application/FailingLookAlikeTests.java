package io.github.llmcache.test.application;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestPropertySource;

import io.github.llmcache.test.Failures;
import io.github.llmcache.test.LookAlike;
import io.github.llmcache.test.LookAlikeTests;
import io.github.llmcache.verify.MatchVerifier;
import io.github.llmcache.verify.MatchVerifier.Verdict;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The build fails when look-alikes are mixed up, and when nothing is tested.
 */
class FailingLookAlikeTests {

	private static final LookAlike ON_AND_OFF = LookAlike.different("How do I turn on dark mode?",
			"How do I turn off dark mode?");

	@Test
	void servedLookAlikeFailsTheBuildInBothDirections() {
		assertThat(Failures.messages(Credulous.class)).hasSize(2)
			.allSatisfy((failure) -> assertThat(failure).startsWith("Task 'support' serves <How do I turn o")
				.contains("similarity 0.9", "min-similarity"));
	}

	@Test
	void oneAndTheSamePromptFailsTheBuild() {
		assertThat(Failures.messages(OnePrompt.class)).hasSize(2)
			.allSatisfy((failure) -> assertThat(failure).contains("exact"));
	}

	@Test
	void wordingThatIsNotServedFailsTheBuild() {
		assertThat(Failures.messages(NotTheSame.class)).singleElement()
			.satisfies((failure) -> assertThat(failure).contains("does not serve", "refused: [antonym]"));
	}

	@Test
	void nothingToTestFailsTheBuild() {
		assertThat(Failures.messages(NoPairs.class)).singleElement()
			.satisfies((failure) -> assertThat(failure).contains("there are no pairs"));
		assertThat(Failures.messages(ExactOnly.class)).contains(
				"Nothing is tested: semantic matching is off for task 'support'. Remove llm-cache.semantic.enabled or"
						+ " llm-cache.tasks.support.semantic.");
	}

	abstract static class Pairs extends LookAlikeTests {

		private final List<LookAlike> pairs;

		Pairs(LookAlike... pairs) {
			this.pairs = Arrays.asList(pairs);
		}

		@Override
		protected String task() {
			return "support";
		}

		@Override
		protected Stream<LookAlike> pairs() {
			return this.pairs.stream();
		}

	}

	@Import(Credulous.Configuration.class)
	static class Credulous extends Pairs {

		Credulous() {
			super(ON_AND_OFF);
		}

		@TestConfiguration(proxyBeanMethods = false)
		static class Configuration {

			@Bean
			MatchVerifier matchVerifier() {
				return (match) -> Verdict.accept();
			}

		}

	}

	static class OnePrompt extends Pairs {

		OnePrompt() {
			super(LookAlike.different("What does it cost?", "what does it cost"));
		}

	}

	static class NotTheSame extends Pairs {

		NotTheSame() {
			super(LookAlike.same(ON_AND_OFF.prompt(), ON_AND_OFF.other()));
		}

	}

	static class NoPairs extends Pairs {

	}

	@TestPropertySource(properties = "llm-cache.tasks.support.semantic=false")
	static class ExactOnly extends Pairs {

		ExactOnly() {
			super(ON_AND_OFF);
		}

	}

}
