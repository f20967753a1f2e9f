package io.github.llmcache.answer;

/**
 * An answer that can tell whether the model came to its end. One that did not, because it
 * reached a limit of length or met a filter of content, is returned to its caller and not
 * stored.
 * <p>
 * May be implemented by the type that a method returns, a record's component
 * {@code complete} for example. Of a stream or a collection, every element is asked: one
 * that has nothing to tell is complete.
 */
public interface Completeness {

	/**
	 * Whether nothing is missing.
	 * @return {@code false} if the answer was cut off or left out
	 */
	boolean complete();

}
