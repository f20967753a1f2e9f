package io.github.llmcache.event;

import java.time.Duration;

/**
 * The method ran.
 *
 * @param task the task
 * @param loadTime how long it took
 * @param result how it ended
 */
public record LoadEvent(String task, Duration loadTime, Result result) implements LlmCacheEvent {

	@Override
	public void notifyListener(LlmCacheListener listener) {
		listener.onLoad(this);
	}

	/**
	 * How the method ended.
	 */
	public enum Result {

		/** With an answer, or {@code null}. */
		SUCCESS,

		/** With an exception. */
		FAILURE,

		/** Everyone who waited for the answer has cancelled. */
		CANCELLED

	}

}
