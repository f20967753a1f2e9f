package io.github.llmcache.verify;

import io.github.llmcache.core.MatchVerifier.Match;
import io.github.llmcache.core.MatchVerifier.Verdict;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

import static org.assertj.core.api.Assertions.assertThat;

class GuardedMatchVerifierTests {

	private static final GuardedMatchVerifier verifier = new GuardedMatchVerifier();

	@ParameterizedTest(name = "{1} / {2}")
	@CsvFileSource(resources = "other-questions.csv", delimiter = '|', quoteCharacter = '\0')
	void refusesAnotherQuestionInBothDirections(String reason, String prompt, String cached) {
		assertThat(verify(prompt, cached).reason()).isEqualTo(reason);
		assertThat(verify(cached, prompt).accepted()).isFalse();
	}

	@ParameterizedTest(name = "{0} / {1}")
	@CsvFileSource(resources = "same-questions.csv", delimiter = '|', quoteCharacter = '\0')
	void acceptsTheSameQuestionInBothDirections(String prompt, String cached) {
		assertThat(verify(prompt, cached)).isEqualTo(Verdict.accept());
		assertThat(verify(cached, prompt)).isEqualTo(Verdict.accept());
	}

	private static Verdict verify(String prompt, String cached) {
		return verifier.verify(new Match("task", prompt, cached, 0.9));
	}

}
