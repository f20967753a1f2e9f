package io.github.llmcache.test.contract;

import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.llmcache.verify.MatchVerifier;
import io.github.llmcache.verify.MatchVerifier.Match;
import io.github.llmcache.verify.MatchVerifier.Verdict;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What every {@link MatchVerifier} must keep.
 */
public abstract class MatchVerifierContract {

	/**
	 * The verifier under test; may be the same for every test.
	 * @return a verifier
	 */
	protected abstract MatchVerifier verifier();

	@ParameterizedTest
	@ValueSource(strings = { "How do I reset my password?", "2 + 2", "", " ", "not", "\ud83d", "Wie geht's?" })
	void promptAnswersItself(String prompt) {
		assertThat(verify(prompt, prompt).accepted()).isTrue();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = Texts.LOOK_ALIKES)
	void anotherQuestionIsRefusedInBothDirections(String prompt, String cached) {
		assertThat(verify(prompt, cached).accepted()).isFalse();
		assertThat(verify(cached, prompt).accepted()).isFalse();
	}

	@Test
	void reasonIsAWordInLowerCaseThatCanTagAMeter() {
		assertThat(verify("turn on the light", "turn off the light").reason()).matches("[a-z]+(-[a-z]+)*");
		assertThat(verify("turn on the light", "turn on the light").reason()).matches("[a-z]+(-[a-z]+)*");
	}

	@Test
	void verdictIsWrittenWithoutThePrompts() {
		assertThat(verify("pay 4711 to alice", "pay 1174 to alice")).asString().doesNotContain("4711", "1174", "alice");
	}

	@Test
	void manyThreadsGetTheSameVerdicts() throws Exception {
		List<Match> matches = IntStream.range(0, 200)
			.mapToObj((i) -> match("convert " + i % 10 + " km", "convert " + i / 20 + " km"))
			.toList();
		List<Verdict> alone = matches.stream().map(verifier()::verify).toList();
		assertThat(Concurrently.call(4, () -> matches.stream().map(verifier()::verify).toList())).containsOnly(alone);
	}

	private Verdict verify(String prompt, String cached) {
		return verifier().verify(match(prompt, cached));
	}

	private static Match match(String prompt, String cached) {
		return new Match("task", prompt, cached, 0.9);
	}

}
