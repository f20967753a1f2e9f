package io.github.llmcache.core;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.DoubleSupplier;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.github.llmcache.answer.CachedAnswer;
import io.github.llmcache.answer.Outcome;
import io.github.llmcache.calibration.TrafficCalibration;
import io.github.llmcache.event.LookupEvent;
import io.github.llmcache.event.Reliability.State;
import io.github.llmcache.feedback.Feedback;
import io.github.llmcache.policy.Accuracy;
import io.github.llmcache.policy.Accuracy.Evidence;
import io.github.llmcache.policy.Staleness;
import io.github.llmcache.store.EvictionSelector;
import io.github.llmcache.store.Partition;
import io.github.llmcache.verify.MatchVerifier;
import io.github.llmcache.verify.MatchVerifier.Match;
import io.github.llmcache.verify.MatchVerifier.Verdict;

import static io.github.llmcache.core.CacheFixture.question;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * Tests for {@link Rewordings}, through the engine.
 */
class RewordingTests {

	private final CacheFixture fixture = new CacheFixture();

	private final CountingLoader<Answer> loader = CountingLoader.answering("loaded");

	private final List<Match> verified = new ArrayList<>();

	@BeforeEach
	void placePrompts() {
		this.fixture.angles.at(0, "turn on").at(5, "switch on").at(6, "enable").at(7, "activate");
		for (int i = 0; i < 100; i++) {
			this.fixture.angles.at(5, "wording " + i);
		}
		this.fixture.verifier = (match) -> {
			this.verified.add(match);
			return Verdict.accept();
		};
	}

	@Test
	void sameRewordingAgainIsServedWithoutModelAndSearch() {
		LlmCache cache = this.fixture.build();
		ask(cache, "turn on");
		CachedAnswer<Answer> first = ask(cache, "switch on");
		int embedded = this.fixture.angles.calls();
		this.verified.clear();
		CachedAnswer<Answer> again = ask(cache, "Switch on!");
		assertThat(again).usingRecursiveComparison().isEqualTo(first);
		assertThat(again.outcome()).isEqualTo(Outcome.SEMANTIC);
		assertThat(again.similarity()).isEqualTo(Math.cos(Math.toRadians(5)), within(1e-6));
		assertThat(again.matchedPrompt()).isEqualTo("turn on");
		assertThat(this.fixture.angles.calls()).isEqualTo(embedded);
		assertThat(this.verified).isEmpty();
		LookupEvent event = this.fixture.events.lastLookup();
		assertThat(event.outcome()).isEqualTo(Outcome.SEMANTIC);
		assertThat(event.similarity()).isEqualTo(first.similarity());
		assertThat(event.semanticSkip()).isNull();
		assertThat(event.entryId()).isEqualTo(first.entryId());
		assertThat(this.loader.calls()).isOne();
	}

	@Test
	void callThatDoesNotWaitIsServedTheSame() {
		LlmCache cache = this.fixture.build();
		ask(cache, "turn on");
		ask(cache, "switch on");
		this.verified.clear();
		CachedAnswer<Answer> again = cache
			.getAsync(question("switch on").build(), () -> CompletableFuture.completedFuture(new Answer("other", 1)))
			.join();
		assertThat(again.outcome()).isEqualTo(Outcome.SEMANTIC);
		assertThat(this.verified).isEmpty();
	}

	@Test
	void answerStoredForTheWordingItselfIsServedFromThenOn() {
		LlmCache cache = this.fixture.build();
		ask(cache, "turn on");
		ask(cache, "switch on");
		CountingLoader<Answer> own = CountingLoader.answering("its own");
		try (CallControl.Scope scope = CallControl.refresh().apply()) {
			cache.get(question("switch on").build(), own);
		}
		CachedAnswer<Answer> answer = ask(cache, "switch on");
		assertThat(answer.outcome()).isEqualTo(Outcome.EXACT);
		assertThat(answer.value().text()).isEqualTo("its own");
		cache.evict(EvictionSelector.task("support").withPrompt("switch on"));
		this.verified.clear();
		assertThat(ask(cache, "switch on").outcome()).isEqualTo(Outcome.SEMANTIC);
		assertThat(this.verified).as("decided again").isNotEmpty();
	}

	@Test
	void answerLoadedAgainIsDecidedAboutAgain() {
		LlmCache cache = this.fixture.build();
		ask(cache, "turn on");
		ask(cache, "switch on");
		cache.evict(EvictionSelector.task("support"));
		assertThat(ask(cache, "switch on").outcome()).isEqualTo(Outcome.MISS);
		cache.evict(EvictionSelector.task("support"));
		ask(cache, "turn on");
		this.verified.clear();
		ask(cache, "switch on");
		assertThat(this.verified).hasSize(1);
	}

	@Test
	void otherSettingsOfTheTaskDecideAgain() {
		LlmCache cache = this.fixture.build();
		ask(cache, "turn on");
		ask(cache, "switch on");
		this.verified.clear();
		this.fixture.accuracy = new Accuracy(Evidence.VERIFIER, 1, 0.01, 0);
		ask(cache, "switch on");
		assertThat(this.verified).hasSize(1);
		ask(cache, "switch on");
		assertThat(this.verified).hasSize(1);
		this.fixture.minSimilarity = 0.999;
		assertThat(ask(cache, "switch on").outcome()).isEqualTo(Outcome.MISS);
	}

	@Test
	void requestThatIsNotSemanticIsNotServedAnotherWording() {
		LlmCache cache = this.fixture.build();
		ask(cache, "turn on");
		ask(cache, "switch on");
		assertThat(cache.get(question("switch on").semantic(false).build(), this.loader).outcome())
			.isEqualTo(Outcome.MISS);
	}

	@Test
	void otherVersionOfTheVerifierDecidesAgain() {
		this.fixture.verifier = new VersionedVerifier("1");
		LlmCache cache = this.fixture.build();
		ask(cache, "turn on");
		ask(cache, "switch on");
		this.fixture.verifier = new VersionedVerifier("2");
		LlmCache next = this.fixture.build();
		this.verified.clear();
		ask(next, "switch on");
		assertThat(this.verified).hasSize(1);
		ask(next, "switch on");
		assertThat(this.verified).hasSize(1);
	}

	@Test
	void wrongAnswerIsNotServedAgain() {
		LlmCache cache = this.fixture.build();
		ask(cache, "turn on");
		ask(cache, "switch on");
		CachedAnswer<Answer> again = ask(cache, "switch on");
		cache.feedback(Feedback.wrong("support", again.entryId()).withPrompt("switch on"));
		assertThat(ask(cache, "switch on").outcome()).isEqualTo(Outcome.MISS);
	}

	@Test
	void answerThatSaysTheSameAsAWrongOneIsNotServedAgain() {
		LlmCache cache = this.fixture.build();
		ask(cache, "turn on");
		ask(cache, "switch on");
		try (CallControl.Scope scope = CallControl.refresh().apply()) {
			ask(cache, "enable");
		}
		String other = ask(cache, "enable").entryId();
		cache.feedback(Feedback.wrong("support", other).withPrompt("switch on"));
		assertThat(ask(cache, "switch on").outcome()).isEqualTo(Outcome.MISS);
	}

	@Test
	void answerBeyondItsTtlIsNotServed() {
		this.fixture.staleness = new Staleness(Duration.ZERO, Duration.ofHours(1), List.of(RuntimeException.class));
		LlmCache cache = this.fixture.build();
		ask(cache, "turn on");
		ask(cache, "switch on");
		this.fixture.clock.advance(CacheFixture.TTL.minusSeconds(1));
		assertThat(ask(cache, "switch on").outcome()).isEqualTo(Outcome.SEMANTIC);
		this.fixture.clock.advance(Duration.ofSeconds(1));
		assertThat(ask(cache, "switch on").outcome()).isEqualTo(Outcome.MISS);
	}

	@Test
	void auditOfARepeatedRewordingStoresAnAnswerThatOthersFind() {
		this.fixture.accuracy = new Accuracy(Evidence.CORROBORATED, 0.95, 0.9, 0.25);
		double[] random = { 0.999 };
		calibrate(() -> random[0]);
		LlmCache cache = this.fixture.build();
		ask(cache, "turn on");
		// the first hit is always audited
		ask(cache, "wording 0");
		assertThat(this.fixture.events.audits()).hasSize(1);
		ask(cache, "switch on");
		ask(cache, "switch on");
		assertThat(this.fixture.events.audits()).hasSize(1);
		random[0] = 0.1;
		int calls = this.loader.calls();
		assertThat(ask(cache, "switch on").outcome()).isEqualTo(Outcome.SEMANTIC);
		assertThat(this.loader.calls()).isEqualTo(calls + 1);
		assertThat(this.fixture.events.audits()).hasSize(2);
		assertThat(this.fixture.store.findSimilar(partition(), new float[] { 1, 0 }, 10, 0))
			.extracting((candidate) -> candidate.entry().prompt())
			.contains("switch on");
		random[0] = 0.999;
		assertThat(ask(cache, "switch on").outcome()).isEqualTo(Outcome.EXACT);
	}

	@Test
	void taskThatIsSuspendedServesNoRepeatedRewording() {
		this.fixture.accuracy = new Accuracy(Evidence.CORROBORATED, 0.95, 0.05, 0.5);
		double[] random = { 0.999 };
		TrafficCalibration calibration = calibrate(() -> random[0]);
		LlmCache cache = this.fixture.build();
		ask(cache, "turn on");
		ask(cache, "wording 0");
		ask(cache, "switch on");
		assertThat(ask(cache, "switch on").outcome()).isEqualTo(Outcome.SEMANTIC);
		random[0] = 0;
		for (int i = 1; i < 10; i++) {
			cache.get(question("wording " + i).build(), CountingLoader.answering("another one"));
		}
		assertThat(calibration.reliabilities().get("support").state()).isEqualTo(State.SUSPENDED);
		assertThat(ask(cache, "switch on").outcome()).isEqualTo(Outcome.MISS);
	}

	@Test
	void feedbackOnARepeatedRewordingIsLearnedFrom() {
		this.fixture.accuracy = new Accuracy(Evidence.CORROBORATED, 0.95, 0.05, 0.01);
		TrafficCalibration calibration = calibrate(() -> 0.999);
		LlmCache cache = this.fixture.build();
		ask(cache, "turn on");
		ask(cache, "wording 0");
		ask(cache, "switch on");
		CachedAnswer<Answer> again = ask(cache, "switch on");
		long compared = calibration.reliabilities().get("support").compared();
		assertThat(cache.feedback(Feedback.right("support", again.entryId()).withPrompt("switch on")).learned())
			.isTrue();
		assertThat(calibration.reliabilities().get("support").compared()).isEqualTo(compared + 1);
	}

	private TrafficCalibration calibrate(DoubleSupplier random) {
		TrafficCalibration calibration = new TrafficCalibration(this.fixture.store, Runnable::run, this.fixture.clock,
				random, this.fixture.events);
		this.fixture.calibration = calibration;
		return calibration;
	}

	private Partition partition() {
		return this.fixture.build().partitions(EvictionSelector.task("support"), 1).get(0).partition();
	}

	private CachedAnswer<Answer> ask(LlmCache cache, String prompt) {
		return cache.get(question(prompt).build(), this.loader);
	}

	private final class VersionedVerifier implements MatchVerifier {

		private final String version;

		VersionedVerifier(String version) {
			this.version = version;
		}

		@Override
		public Verdict verify(Match match) {
			RewordingTests.this.verified.add(match);
			return Verdict.accept();
		}

		@Override
		public String fingerprint() {
			return this.version;
		}

	}

}
