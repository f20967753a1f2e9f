package io.github.llmcache.test;

import java.time.Duration;
import java.util.List;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

import io.github.llmcache.answer.CachedAnswer;
import io.github.llmcache.answer.Outcome;
import io.github.llmcache.event.FailureEvent;
import io.github.llmcache.event.LookupEvent;

import static io.github.llmcache.test.LlmCacheAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class LlmCacheAssertionsTests {

	private static final CachedAnswer<String> SEMANTIC = new CachedAnswer<>("answer", Outcome.SEMANTIC, 0.9,
			Duration.ofSeconds(5), "id", "another prompt", null);

	private static final CachedAnswer<String> BYPASSED = CachedAnswer.bypassed("answer", "no-prompt");

	private final RecordingListener events = new RecordingListener();

	@Test
	void hitIsToldFromWhatIsNone() {
		assertThat(SEMANTIC).isHit()
			.isSemanticHit()
			.isSemanticHitOf("another prompt")
			.hasValue("answer")
			.hasAge(Duration.ofSeconds(5));
		fails(() -> assertThat(SEMANTIC).isMiss(),
				"Expected outcome MISS, but it is SEMANTIC of <another prompt>, similarity 0.9");
		fails(() -> assertThat(SEMANTIC).isNoHit(),
				"Expected that the method ran, but the outcome is SEMANTIC of <another prompt>, similarity 0.9");
		fails(() -> assertThat(SEMANTIC).isSemanticHitOf("mine"),
				"Expected a semantic hit of <mine>, but it is one of <another prompt>");
		fails(() -> assertThat(SEMANTIC).hasAge(Duration.ofSeconds(4)), "Expected age PT4S, but it is PT5S");
		fails(() -> assertThat(SEMANTIC).hasValue("other"), null);
	}

	@Test
	void bypassIsToldWithItsReason() {
		assertThat(BYPASSED).isNoHit().isBypassed().isBypassedBecauseOf("no-prompt");
		fails(() -> assertThat(BYPASSED).isHit(), "Expected a hit, but the outcome is BYPASS (no-prompt)");
		fails(() -> assertThat(BYPASSED).isBypassedBecauseOf("other"),
				"Expected a bypass because of <other>, but the outcome is BYPASS (no-prompt)");
		fails(() -> assertThat(BYPASSED).isExactHit(), "Expected outcome EXACT, but it is BYPASS (no-prompt)");
		fails(() -> assertThat(BYPASSED).isStale(), "Expected outcome STALE, but it is BYPASS (no-prompt)");
	}

	@Test
	void lookupIsToldWithItsRefusals() {
		LookupEvent refused = lookup(Outcome.MISS, List.of("antonym", "number"));
		assertThat(refused).isMiss().isNoHit().hasTask("task").hasRefusals("number", "antonym");
		fails(() -> assertThat(refused).isHit(), "Expected a hit, but the outcome is MISS, refused: [antonym, number]");
		fails(() -> assertThat(refused).hasTask("other"), "Expected a lookup of task <other>, but it is one of <task>");
		fails(() -> assertThat(refused).hasRefusals("number"), null);
		assertThat(lookup(Outcome.EXACT, List.of())).isHit().isExactHit();
		fails(() -> assertThat(lookup(Outcome.EXACT, List.of())).isSemanticHit(),
				"Expected outcome SEMANTIC, but it is EXACT");
	}

	@Test
	void callsAreToldInTheirOrder() {
		fails(() -> this.events.lastLookup(),
				"No call was looked up: is the method annotated, and called from another bean?");
		this.events.onLookup(lookup(Outcome.MISS, List.of()));
		this.events.onLookup(lookup(Outcome.EXACT, List.of()));
		assertThat(this.events).hasOutcomes(Outcome.MISS, Outcome.EXACT).hasNoFailures().lastLookup().isExactHit();
		fails(() -> assertThat(this.events).hasOutcomes(Outcome.MISS), null);
		this.events.onFailure(new FailureEvent("task", FailureEvent.Part.STORE, new IllegalStateException()));
		fails(() -> assertThat(this.events).hasNoFailures(), null);
		this.events.clear();
		assertThat(this.events).hasOutcomes().hasNoFailures();
	}

	private static LookupEvent lookup(Outcome outcome, List<String> refusals) {
		return new LookupEvent("task", outcome, null, null, refusals, null, null, null, Duration.ZERO, null);
	}

	private static void fails(ThrowingCallable assertion, String message) {
		var failure = assertThatExceptionOfType(AssertionError.class).isThrownBy(assertion);
		if (message != null) {
			failure.withMessage(message);
		}
	}

}
