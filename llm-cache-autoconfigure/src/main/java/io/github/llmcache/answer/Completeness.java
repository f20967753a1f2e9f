package io.github.llmcache.answer;

/**
 * An answer that knows whether the model finished it. One that the model did not finish,
 * because it reached a length limit or a content filter stepped in, is returned to its
 * caller and not stored.
 * <p>
 * The type that a method returns may implement this, for example by a record component
 * {@code complete}. In a stream or a collection, every element is asked; an element that
 * does not implement this is complete.
 */
public interface Completeness {

	/**
	 * Whether nothing is missing.
	 * @return {@code false} if the answer was cut off or withheld
	 */
	boolean complete();

}
