package io.github.llmcache.sample.command;

import java.util.Arrays;
import java.util.Optional;

/**
 * The commands of the jar. The bean that does the work has the same name.
 */
enum CommandName {

	REPLAY("replay", "requests"),

	EVALUATE("evaluate", "pairs");

	private final String word;

	private final String inputOption;

	CommandName(String word, String inputOption) {
		this.word = word;
		this.inputOption = inputOption;
	}

	String word() {
		return this.word;
	}

	/**
	 * The option that names the input file.
	 * @return its name, without dashes
	 */
	String inputOption() {
		return this.inputOption;
	}

	static Optional<CommandName> find(String word) {
		return Arrays.stream(values()).filter((name) -> name.word.equals(word)).findFirst();
	}

}
