package io.github.llmcache.sample.command;

import java.io.PrintStream;
import java.util.List;

/**
 * One of the commands of the jar.
 *
 * @param <T> one line of the input, parsed
 */
public interface Command<T> {

	/**
	 * Turn one line of the input into an object. Called for every line before the work
	 * starts.
	 * @param line the line
	 * @return the object
	 * @throws CommandException if a field is missing or wrong
	 */
	T parse(JsonLine line);

	/**
	 * Do the work.
	 * @param input all lines, in order
	 * @param progress is notified of each line that is done
	 * @param failures is given each wrong and each missed hit
	 * @return what was found out
	 */
	Result run(List<T> input, Progress progress, FailureLog failures);

	/**
	 * What a command found out.
	 */
	interface Result {

		/**
		 * Print the findings for a person.
		 * @param out where to
		 */
		void print(PrintStream out);

		/**
		 * The findings for a program.
		 * @return what is written as JSON
		 */
		Object report();

	}

}
