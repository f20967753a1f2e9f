package io.github.llmcache.sample.command;

/**
 * Is notified of how far the work has come.
 */
@FunctionalInterface
public interface Progress {

	/**
	 * Shows nothing.
	 */
	Progress NONE = () -> {
	};

	/**
	 * One more line of the input is done.
	 */
	void step();

}
