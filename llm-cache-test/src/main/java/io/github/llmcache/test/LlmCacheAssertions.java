package io.github.llmcache.test;

import io.github.llmcache.answer.CachedAnswer;
import io.github.llmcache.event.LookupEvent;

/**
 * Entry point of the assertions on what the cache did. Works beside a static import of
 * AssertJ's own {@code assertThat}.
 */
public final class LlmCacheAssertions {

	private LlmCacheAssertions() {
	}

	/**
	 * Assert where an answer came from.
	 * @param <T> type of its value
	 * @param actual what the caller got
	 * @return the assertion
	 */
	public static <T> CachedAnswerAssert<T> assertThat(CachedAnswer<T> actual) {
		return new CachedAnswerAssert<>(actual);
	}

	/**
	 * Assert how a call was answered.
	 * @param actual what the listener was told
	 * @return the assertion
	 */
	public static LookupAssert assertThat(LookupEvent actual) {
		return new LookupAssert(actual);
	}

	/**
	 * Assert how calls were answered.
	 * @param actual what was recorded
	 * @return the assertion
	 */
	public static RecordingListenerAssert assertThat(RecordingListener actual) {
		return new RecordingListenerAssert(actual);
	}

}
