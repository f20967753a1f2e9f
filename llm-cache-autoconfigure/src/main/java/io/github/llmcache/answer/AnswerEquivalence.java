package io.github.llmcache.answer;

/**
 * Decides whether two answers to the same prompt say the same, so that either may be
 * served.
 * <p>
 * Called in the background by several threads, never for answers whose payloads are equal
 * anyway. It may be slow: a judge model is a good implementation. May throw any unchecked
 * exception: nothing is learned then.
 */
@FunctionalInterface
public interface AnswerEquivalence {

	/**
	 * Compare two answers.
	 * @param task the task
	 * @param fresh the answer of the method
	 * @param cached the answer that was, or would have been, served
	 * @return whether the cached answer would have been right
	 */
	boolean isEquivalent(String task, Object fresh, Object cached);

}
