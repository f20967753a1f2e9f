package io.github.llmcache.settings;

/**
 * Decides whether settings are valid.
 */
@FunctionalInterface
public interface SettingsRules {

	/**
	 * Check the settings of a task before they apply. Settings that another instance has
	 * stored are ignored if they are not valid.
	 * @param task the task
	 * @param settings its settings
	 * @throws RuntimeException if one of them is not valid; the message names it, its
	 * value and a remedy
	 */
	void check(String task, TaskSettings settings);

}
