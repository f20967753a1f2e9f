package io.github.llmcache.match;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;

import io.github.llmcache.calibration.Calibration;
import io.github.llmcache.event.LlmCacheListener;
import io.github.llmcache.failure.FailureReporter;
import io.github.llmcache.policy.Accuracy;
import io.github.llmcache.policy.Accuracy.Evidence;
import io.github.llmcache.policy.CachePolicy;
import io.github.llmcache.store.CacheEntry;
import io.github.llmcache.store.CacheKey;
import io.github.llmcache.store.Candidate;
import io.github.llmcache.store.Partition;
import io.github.llmcache.verify.MatchVerifier;
import io.github.llmcache.verify.MatchVerifier.Firmness;
import io.github.llmcache.verify.MatchVerifier.Verdict;
import io.github.llmcache.verify.ParaphraseModel;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CandidateChooser}: whom it asks the model about.
 */
class CandidateChooserTests {

	private static final Accuracy ACCURACY = new Accuracy(Evidence.VERIFIER, 0.95, 0.01, 0);

	private final List<String> asked = new ArrayList<>();

	private final List<String> roughlyAsked = new ArrayList<>();

	private double probability = 0.1;

	private Verdict verdict = Verdict.refuse(Firmness.SOFT, "content-word", null);

	@Test
	void threeCandidatesAreAskedAboutAtMost() {
		choose(0.9, 0.8, 0.78, 0.76, 0.75);
		assertThat(this.asked).containsExactly("0.9", "0.8", "0.78");
	}

	@Test
	void onlyTheFirstMayBeAsDissimilarAsSixTenths() {
		choose(0.69, 0.68, 0.67);
		choose(0.8, 0.75, 0.74);
		choose(0.59, 0.58);
		assertThat(this.asked).containsExactly("0.69", "0.8", "0.75");
	}

	@Test
	void firmerTheRefusalTheMoreSimilarHasACandidateToBe() {
		this.verdict = Verdict.refuse(Firmness.FIRM, "modal", null);
		choose(0.7, 0.69);
		choose(0.69);
		this.verdict = Verdict.refuse(Firmness.HARD, "number", null);
		choose(0.82, 0.8, 0.79);
		choose(0.79);
		this.verdict = Verdict.refuse(Firmness.ABSOLUTE, "negation", null);
		choose(0.99);
		assertThat(this.asked).containsExactly("0.7", "0.82", "0.8");
	}

	@Test
	void whatTheVerifierAcceptsIsAskedAboutHoweverDissimilar() {
		this.verdict = Verdict.accept();
		choose(0.55);
		assertThat(this.asked).containsExactly("0.55");
	}

	@Test
	void nothingIsAskedAfterACertainMatch() {
		this.probability = 0.98;
		assertThat(choose(0.9, 0.8)).isTrue();
		assertThat(this.asked).containsExactly("0.9");
	}

	@Test
	void roughEstimateWillDoForWhatTheVerifierAccepts() {
		this.verdict = Verdict.accept();
		this.probability = 0.98;
		assertThat(choose(0.9, 0.8)).isTrue();
		assertThat(this.asked).containsExactly("0.9");
		assertThat(this.roughlyAsked).containsExactly("0.9");
	}

	@Test
	void roughEstimateWillNotDoForWhatTheVerifierRefuses() {
		this.probability = 0.98;
		assertThat(choose(0.9, 0.8)).isTrue();
		assertThat(this.roughlyAsked).isEmpty();
	}

	private boolean choose(double... similarities) {
		MatchVerifier verifier = (match) -> this.verdict;
		CandidateChooser chooser = new CandidateChooser(verifier, new RecordingModel(), Calibration.NONE, null,
				new FailureReporter(LlmCacheListener.NO_OP));
		Question question = new Question("task", "prompt", CachePolicy.DEFAULT.mutate().accuracy(ACCURACY).build());
		return chooser.choose(question, Arrays.stream(similarities).mapToObj(CandidateChooserTests::candidate).toList())
			.decision()
			.served();
	}

	private static Candidate candidate(double similarity) {
		String prompt = String.valueOf(similarity);
		CacheEntry entry = new CacheEntry(prompt, prompt.getBytes(), null, Instant.EPOCH, Duration.ofHours(1),
				Duration.ZERO, Set.of());
		return new Candidate(new CacheKey(new Partition("id", "task", null, null, null), prompt), entry, similarity);
	}

	/**
	 * Remembers what it was asked.
	 */
	private final class RecordingModel implements ParaphraseModel {

		@Override
		public Double probability(String prompt, String cachedPrompt) {
			CandidateChooserTests.this.asked.add(cachedPrompt);
			return CandidateChooserTests.this.probability;
		}

		@Override
		public Double roughProbability(String prompt, String cachedPrompt) {
			CandidateChooserTests.this.roughlyAsked.add(cachedPrompt);
			return probability(prompt, cachedPrompt);
		}

	}

}
