package io.github.llmcache.event;

/**
 * Somebody said that an answer was right or wrong.
 *
 * @param task the task
 * @param right whether it was right
 */
public record FeedbackEvent(String task, boolean right) implements LlmCacheEvent {

	@Override
	public void notifyListener(LlmCacheListener listener) {
		listener.onFeedback(this);
	}

}
