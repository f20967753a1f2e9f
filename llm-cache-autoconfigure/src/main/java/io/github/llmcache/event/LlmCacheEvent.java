package io.github.llmcache.event;

/**
 * Something that the cache did, or that happened to it.
 */
public sealed interface LlmCacheEvent permits LookupEvent, WaitEvent, LoadEvent, StoreEvent, EvictionEvent, AuditEvent,
		JudgeEvent, ReliabilityEvent, FeedbackEvent, FailureEvent {

	/**
	 * The task that it is about.
	 * @return the task
	 */
	String task();

	/**
	 * Notify a listener of this event, by its method for events of this type.
	 * @param listener the listener
	 */
	void notifyListener(LlmCacheListener listener);

}
