package io.github.llmcache.sample.router;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The kinds of work of the assistant.
 */
public enum AssistantTask {

	/** Questions to a support desk. */
	SUPPORT,

	/** Questions of general knowledge. */
	KNOWLEDGE,

	/** Programs. */
	CODE;

	/**
	 * The name that the cache knows it by.
	 * @return the name
	 */
	public String taskName() {
		return name().toLowerCase(Locale.ROOT);
	}

	/**
	 * Find a task.
	 * @param name its name
	 * @return the task, if there is one of that name
	 */
	public static Optional<AssistantTask> find(String name) {
		return Arrays.stream(values()).filter((task) -> task.taskName().equals(name)).findFirst();
	}

}
