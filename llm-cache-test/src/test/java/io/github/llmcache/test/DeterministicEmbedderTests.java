package io.github.llmcache.test;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import io.github.llmcache.embedding.TextEmbedder;
import io.github.llmcache.test.contract.MatchVerifierContract;
import io.github.llmcache.test.contract.TextEmbedderContract;
import io.github.llmcache.verify.MatchVerifier;
import io.github.llmcache.verify.MatchVerifier.Match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

class DeterministicEmbedderTests extends TextEmbedderContract {

	private final DeterministicEmbedder embedder = new DeterministicEmbedder().tooLong("A long text");

	@Override
	protected TextEmbedder embedder() {
		return this.embedder;
	}

	@Override
	protected String tooLong() {
		return "";
	}

	@Test
	void vectorIsTheSameInEveryJvm() {
		assertThat(this.embedder.embed("word")).startsWith(-0.0625f, -0.0625f, -0.0625f, 0.0625f, 0.0625f);
	}

	@Test
	void textsAreSimilarByTheWordsThatTheyShare() {
		assertThat(similarity("one two three four", "four three two one")).isCloseTo(1, within(1e-3));
		assertThat(similarity("one two three four", "one two three five")).isCloseTo(0.75, within(0.15));
		assertThat(similarity("one two three four", "five six seven eight")).isCloseTo(0, within(0.25));
	}

	@Test
	void similarityIsTheOneThatIsSet() {
		this.embedder.similar(0.9, "the first", "something else").similar(-0.25, "the first", "the opposite");
		assertThat(similarity("the first", "something else")).isCloseTo(0.9, within(1e-5));
		assertThat(similarity("The first?", "the opposite")).isCloseTo(-0.25, within(1e-5));
		assertThatIllegalArgumentException().isThrownBy(() -> this.embedder.similar(1.1, "a", "b"))
			.withMessageContaining("1.1");
	}

	@Test
	void wordingsOfOneMeaningAreAccepted() {
		MatchVerifier verifier = this.embedder.verifier();
		assertThat(accepts(verifier, "turn it on", "press the button")).isFalse();
		this.embedder.same("turn it on", "press the button").same("press the button", "Give it power!");
		assertThat(similarity("turn it on", "give it power")).isCloseTo(1, within(1e-6));
		assertThat(accepts(verifier, "give it power", "Turn it on.")).isTrue();
		assertThat(accepts(verifier, "turn it off", "turn it on")).isFalse();
	}

	@Test
	void decisionIsMadeAgainWhenAnotherMeaningWasDeclared() {
		MatchVerifier verifier = this.embedder.verifier();
		String before = verifier.fingerprint();
		this.embedder.same("turn it on", "press the button");
		assertThat(verifier.fingerprint()).isNotEqualTo(before);
	}

	@Test
	void whatWasSaidIsForgotten() {
		this.embedder.same("turn it on", "press the button");
		assertThat(this.embedder.embed("a long text")).isNull();
		assertThat(this.embedder.calls()).isEqualTo(1);
		this.embedder.clear();
		assertThat(this.embedder.calls()).isZero();
		assertThat(this.embedder.embed("a long text")).isNotNull();
		assertThat(similarity("turn it on", "press the button")).isLessThan(0.7);
		assertThat(accepts(this.embedder.verifier(), "turn it on", "press the button")).isFalse();
	}

	private double similarity(String one, String other) {
		return TextEmbedder.similarity(this.embedder.embed(one), this.embedder.embed(other));
	}

	private static boolean accepts(MatchVerifier verifier, String prompt, String cached) {
		return verifier.verify(new Match("task", prompt, cached, 0.9)).accepted();
	}

	@Nested
	class VerifierTests extends MatchVerifierContract {

		@Override
		protected MatchVerifier verifier() {
			return new DeterministicEmbedder().verifier();
		}

	}

}
