package io.github.llmcache.event;

/**
 * The answer of a semantic hit was compared with that of the method.
 *
 * @param task the task
 * @param result what came out
 */
public record AuditEvent(String task, Result result) implements LlmCacheEvent {

	@Override
	public void notifyListener(LlmCacheListener listener) {
		listener.onAudit(this);
	}

	/**
	 * What came out.
	 */
	public enum Result {

		/** The answers say the same. */
		RIGHT,

		/** They do not. */
		WRONG,

		/** It could not be told whether they do. */
		UNKNOWN,

		/** The method threw, or its answer could not be compared. */
		FAILED,

		/** Too many comparisons were waiting. */
		DROPPED

	}

}
