package io.github.llmcache.settings;

/**
 * Decides whether settings are valid.
 */
@FunctionalInterface
public interface SettingsRules {

	/**
	 * Check the settings of a task before they apply. What is wrong with those that were
	 * stored by another instance makes them be ignored.
	 * @param task the task
	 * @param settings its settings
	 * @throws RuntimeException if one of them is not valid; the message names it, its
	 * value and a remedy
	 */
	void check(String task, TaskSettings settings);

}
