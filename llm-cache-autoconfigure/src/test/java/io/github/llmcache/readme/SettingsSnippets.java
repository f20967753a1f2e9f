package io.github.llmcache.readme;

import java.time.Duration;
import java.util.Set;

import io.github.llmcache.settings.LiveSettings;
import io.github.llmcache.settings.Setting;
import io.github.llmcache.settings.TaskSettings;

/**
 * Settings that are changed while the application runs.
 */
class SettingsSnippets {

	private final LiveSettings settings;

	SettingsSnippets(LiveSettings settings) {
		this.settings = settings;
	}

	void change() {
		settings.change("support-answer", new TaskSettings(Duration.ofMinutes(30), false, null, null, null));
		settings.reset("support-answer", Set.of(Setting.SEMANTIC)); // no setting: all of
																	// them
	}

}
