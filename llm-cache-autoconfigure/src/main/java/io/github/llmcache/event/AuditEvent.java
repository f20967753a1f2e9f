package io.github.llmcache.event;

/**
 * The answer of a semantic hit was compared with that of the method.
 *
 * @param task the task
 * @param result how the comparison ended
 */
public record AuditEvent(String task, Result result) implements LlmCacheEvent {

	@Override
	public void notifyListener(LlmCacheListener listener) {
		listener.onAudit(this);
	}

	/**
	 * How the comparison ended.
	 */
	public enum Result {

		/** The answers say the same thing. */
		RIGHT,

		/** They do not. */
		WRONG,

		/** Nobody could tell. */
		UNKNOWN,

		/** The method threw, or its answer could not be compared. */
		FAILED,

		/** It was dropped, because too many comparisons were waiting. */
		DROPPED

	}

}
