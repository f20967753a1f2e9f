package io.github.llmcache.test;

import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.Assertions;

import io.github.llmcache.answer.Outcome;
import io.github.llmcache.event.LookupEvent;

/**
 * Assertions on a {@link LookupEvent}: how a call was answered whose caller was not told.
 */
public final class LookupAssert extends AbstractAssert<LookupAssert, LookupEvent> {

	LookupAssert(LookupEvent actual) {
		super(actual, LookupAssert.class);
	}

	/**
	 * The answer came from the cache: the method did not run.
	 * @return this assertion
	 */
	public LookupAssert isHit() {
		isNotNull();
		if (!this.actual.outcome().isHit()) {
			failWithMessage("Expected a hit, but the outcome is %s", described());
		}
		return this;
	}

	/**
	 * The method ran.
	 * @return this assertion
	 */
	public LookupAssert isNoHit() {
		isNotNull();
		if (this.actual.outcome().isHit()) {
			failWithMessage("Expected that the method ran, but the outcome is %s", described());
		}
		return this;
	}

	/**
	 * The answer is that of the same prompt.
	 * @return this assertion
	 */
	public LookupAssert isExactHit() {
		return hasOutcome(Outcome.EXACT);
	}

	/**
	 * The answer is that of another wording.
	 * @return this assertion
	 */
	public LookupAssert isSemanticHit() {
		return hasOutcome(Outcome.SEMANTIC);
	}

	/**
	 * Nothing could be served, and the method ran.
	 * @return this assertion
	 */
	public LookupAssert isMiss() {
		return hasOutcome(Outcome.MISS);
	}

	/**
	 * The answer is beyond its TTL.
	 * @return this assertion
	 */
	public LookupAssert isStale() {
		return hasOutcome(Outcome.STALE);
	}

	/**
	 * The cache was not consulted, for a reason.
	 * @param reason the reason
	 * @return this assertion
	 */
	public LookupAssert isBypassedBecauseOf(String reason) {
		hasOutcome(Outcome.BYPASS);
		if (!reason.equals(this.actual.reason())) {
			failWithMessage("Expected a bypass because of <%s>, but the outcome is %s", reason, described());
		}
		return this;
	}

	/**
	 * The call was answered in a way.
	 * @param outcome the way
	 * @return this assertion
	 */
	public LookupAssert hasOutcome(Outcome outcome) {
		isNotNull();
		if (this.actual.outcome() != outcome) {
			failWithMessage("Expected outcome %s, but it is %s", outcome, described());
		}
		return this;
	}

	/**
	 * The call was one of a task.
	 * @param task the task
	 * @return this assertion
	 */
	public LookupAssert hasTask(String task) {
		isNotNull();
		if (!task.equals(this.actual.task())) {
			failWithMessage("Expected a lookup of task <%s>, but it is one of <%s>", task, this.actual.task());
		}
		return this;
	}

	/**
	 * Candidates were refused for these reasons.
	 * @param reasons the reasons, in any order, each as often as it occurs
	 * @return this assertion
	 */
	public LookupAssert hasRefusals(String... reasons) {
		isNotNull();
		Assertions.assertThat(this.actual.refusals())
			.as("refusals of %s", described())
			.containsExactlyInAnyOrder(reasons);
		return this;
	}

	private String described() {
		String outcome = Described.of(this.actual.outcome(), this.actual.reason(), this.actual.similarity(), null);
		return this.actual.refusals().isEmpty() ? outcome : outcome + ", refused: " + this.actual.refusals();
	}

}
