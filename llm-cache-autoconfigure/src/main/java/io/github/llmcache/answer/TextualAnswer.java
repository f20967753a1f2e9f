package io.github.llmcache.answer;

import java.util.Collection;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

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

	/**
	 * The text of an answer, if it is one.
	 * @param answer a {@link CharSequence}, a {@link TextualAnswer}, or a collection of
	 * these last, the parts of a stream
	 * @return the text; {@code null} for anything else
	 */
	static @Nullable String textOf(Object answer) {
		if (answer instanceof CharSequence text) {
			return text.toString();
		}
		if (answer instanceof TextualAnswer textual) {
			return textual.text();
		}
		if (answer instanceof Collection<?> parts && parts.stream().allMatch(TextualAnswer.class::isInstance)) {
			return parts.stream().map((part) -> ((TextualAnswer) part).text()).collect(Collectors.joining());
		}
		return null;
	}

}
