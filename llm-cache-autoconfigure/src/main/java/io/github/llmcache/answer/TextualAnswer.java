package io.github.llmcache.answer;

/**
 * An answer whose meaning is in a text, whatever else it carries. Two of them say the
 * same thing if their texts do, even if an id, a time or a number of tokens differs.
 * <p>
 * The type that a method returns may implement this. The text of a stream is the texts of
 * all its elements, one after the other.
 */
public interface TextualAnswer {

	/**
	 * The text that carries the meaning.
	 * @return the text; may be empty
	 */
	String text();

}
