package io.github.llmcache.test;

import java.util.List;

import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.Assertions;

import io.github.llmcache.answer.Outcome;
import io.github.llmcache.event.LookupEvent;

/**
 * Assertions on what a {@link RecordingListener} was notified of.
 */
public final class RecordingListenerAssert extends AbstractAssert<RecordingListenerAssert, RecordingListener> {

	RecordingListenerAssert(RecordingListener actual) {
		super(actual, RecordingListenerAssert.class);
	}

	/**
	 * Calls were answered in these ways, and no others were looked up.
	 * @param outcomes the ways, in the order of the calls
	 * @return this assertion
	 */
	public RecordingListenerAssert hasOutcomes(Outcome... outcomes) {
		isNotNull();
		Assertions.assertThat(this.actual.lookups())
			.as("outcomes")
			.extracting(LookupEvent::outcome)
			.containsExactly(outcomes);
		return this;
	}

	/**
	 * No part of the cache failed.
	 * @return this assertion
	 */
	public RecordingListenerAssert hasNoFailures() {
		isNotNull();
		Assertions.assertThat(this.actual.failedParts()).as("parts that failed").isEqualTo(List.of());
		return this;
	}

	/**
	 * Go on with the last call.
	 * @return an assertion on how it was answered
	 */
	public LookupAssert lastLookup() {
		isNotNull();
		return new LookupAssert(this.actual.lastLookup());
	}

}
