package io.github.llmcache.event;

/**
 * From now on, a task serves more or less than before.
 *
 * @param task the task
 * @param reliability why
 */
public record ReliabilityEvent(String task, Reliability reliability) implements LlmCacheEvent {

	@Override
	public void notifyListener(LlmCacheListener listener) {
		listener.onReliability(this);
	}

}
