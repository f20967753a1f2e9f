package io.github.llmcache.answer;

/**
 * An answer that says what it says by a text, whatever else it carries. Two of them say
 * the same if their texts do, although an id, a time or a number of tokens differs.
 * <p>
 * May be implemented by the type that a method returns. Of a stream, the texts of all
 * elements, one after the other, are the text.
 */
public interface TextualAnswer {

	/**
	 * What is said.
	 * @return the text; may be empty
	 */
	String text();

}
