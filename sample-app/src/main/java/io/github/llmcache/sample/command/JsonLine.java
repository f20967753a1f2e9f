package io.github.llmcache.sample.command;

import java.nio.file.Path;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

/**
 * One line of an input file: a JSON object, whose fields are read with errors that name
 * file, line and field.
 *
 * @param file the file
 * @param number number of the line, from 1
 * @param node the object
 */
public record JsonLine(Path file, long number, JsonNode node) {

	/**
	 * A field that has to hold a text with more than blanks.
	 * @param field name of the field
	 * @return the text
	 * @throws CommandException if it does not
	 */
	public String word(String field) {
		String text = text(field);
		if (text.isBlank()) {
			throw invalid(field, "must not be blank");
		}
		return text;
	}

	/**
	 * A field that has to hold a text, which may be empty.
	 * @param field name of the field
	 * @return the text
	 * @throws CommandException if it does not
	 */
	public String text(String field) {
		JsonNode value = required(field);
		if (!value.isString()) {
			throw invalid(field, "must be a text, not " + describe(value));
		}
		return value.stringValue();
	}

	/**
	 * A field that may be missing, and otherwise has to hold a text with more than
	 * blanks.
	 * @param field name of the field
	 * @return the text, or {@code null} if there is no such field
	 * @throws CommandException if it holds something else
	 */
	public @Nullable String optionalWord(String field) {
		return this.node.has(field) ? word(field) : null;
	}

	/**
	 * A field that has to hold 0 or 1.
	 * @param field name of the field
	 * @return whether it is 1
	 * @throws CommandException if it is neither
	 */
	public boolean flag(String field) {
		JsonNode value = required(field);
		if (!value.isInt() || value.intValue() < 0 || value.intValue() > 1) {
			throw invalid(field, "must be 0 or 1, not " + describe(value));
		}
		return value.intValue() == 1;
	}

	private JsonNode required(String field) {
		JsonNode value = this.node.get(field);
		if (value == null) {
			throw invalid(field, "is missing");
		}
		return value;
	}

	private CommandException invalid(String field, String problem) {
		return error(this.file, this.number, "field '" + field + "' " + problem);
	}

	private static String describe(JsonNode value) {
		return value.isNumber() ? value.asString() : "of type " + value.getNodeType().name().toLowerCase(Locale.ROOT);
	}

	static CommandException error(Path file, @Nullable Long line, String problem) {
		return new CommandException(file + ((line != null) ? ", line " + line : "") + ": " + problem);
	}

}
