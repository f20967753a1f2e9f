package io.github.llmcache.event;

/**
 * From now on, more or less is served of a task.
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
