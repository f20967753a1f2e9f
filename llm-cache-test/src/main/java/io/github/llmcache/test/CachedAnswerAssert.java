package io.github.llmcache.test;

import java.time.Duration;

import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ObjectAssert;

import io.github.llmcache.answer.CachedAnswer;
import io.github.llmcache.answer.Outcome;

/**
 * Assertions on a {@link CachedAnswer}: what the caller got, and where it came from.
 *
 * @param <T> type of the answer's value
 */
public final class CachedAnswerAssert<T> extends AbstractAssert<CachedAnswerAssert<T>, CachedAnswer<T>> {

	CachedAnswerAssert(CachedAnswer<T> actual) {
		super(actual, CachedAnswerAssert.class);
	}

	/**
	 * The answer came from the cache: the method did not run.
	 * @return this assertion
	 */
	public CachedAnswerAssert<T> isHit() {
		isNotNull();
		if (!this.actual.isHit()) {
			failWithMessage("Expected a hit, but the outcome is %s", described());
		}
		return this;
	}

	/**
	 * The method ran.
	 * @return this assertion
	 */
	public CachedAnswerAssert<T> isNoHit() {
		isNotNull();
		if (this.actual.isHit()) {
			failWithMessage("Expected that the method ran, but the outcome is %s", described());
		}
		return this;
	}

	/**
	 * The answer is that of the same prompt.
	 * @return this assertion
	 */
	public CachedAnswerAssert<T> isExactHit() {
		return hasOutcome(Outcome.EXACT);
	}

	/**
	 * The answer is that of another wording.
	 * @return this assertion
	 */
	public CachedAnswerAssert<T> isSemanticHit() {
		return hasOutcome(Outcome.SEMANTIC);
	}

	/**
	 * The answer is that of another wording, which is given.
	 * @param matchedPrompt the wording that the answer was loaded for
	 * @return this assertion
	 */
	public CachedAnswerAssert<T> isSemanticHitOf(String matchedPrompt) {
		isSemanticHit();
		if (!matchedPrompt.equals(this.actual.matchedPrompt())) {
			failWithMessage("Expected a semantic hit of <%s>, but it is one of <%s>", matchedPrompt,
					this.actual.matchedPrompt());
		}
		return this;
	}

	/**
	 * Nothing could be served, and the method ran.
	 * @return this assertion
	 */
	public CachedAnswerAssert<T> isMiss() {
		return hasOutcome(Outcome.MISS);
	}

	/**
	 * The answer is beyond its TTL.
	 * @return this assertion
	 */
	public CachedAnswerAssert<T> isStale() {
		return hasOutcome(Outcome.STALE);
	}

	/**
	 * The cache was not consulted.
	 * @return this assertion
	 */
	public CachedAnswerAssert<T> isBypassed() {
		return hasOutcome(Outcome.BYPASS);
	}

	/**
	 * The cache was not consulted, for a reason.
	 * @param reason the reason
	 * @return this assertion
	 */
	public CachedAnswerAssert<T> isBypassedBecauseOf(String reason) {
		isBypassed();
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
	public CachedAnswerAssert<T> hasOutcome(Outcome outcome) {
		isNotNull();
		if (this.actual.outcome() != outcome) {
			failWithMessage("Expected outcome %s, but it is %s", outcome, described());
		}
		return this;
	}

	/**
	 * The caller got a value.
	 * @param value the value
	 * @return this assertion
	 */
	public CachedAnswerAssert<T> hasValue(T value) {
		value().isEqualTo(value);
		return this;
	}

	/**
	 * The answer was stored for so long.
	 * @param age since it was stored, to the millisecond
	 * @return this assertion
	 */
	public CachedAnswerAssert<T> hasAge(Duration age) {
		isHit();
		Duration found = this.actual.age();
		if (found == null || found.toMillis() != age.toMillis()) {
			failWithMessage("Expected age %s, but it is %s", age, found);
		}
		return this;
	}

	/**
	 * Go on with the value.
	 * @return an assertion on the value
	 */
	public ObjectAssert<T> value() {
		isNotNull();
		return Assertions.assertThat(this.actual.value());
	}

	private String described() {
		return Described.of(this.actual.outcome(), this.actual.reason(), this.actual.similarity(),
				this.actual.matchedPrompt());
	}

}
