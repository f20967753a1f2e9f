package io.github.llmcache.autoconfigure.settings;

import io.github.llmcache.autoconfigure.properties.InvalidPropertyException;
import io.github.llmcache.autoconfigure.properties.LlmCacheProperties;
import io.github.llmcache.autoconfigure.properties.LlmCacheProperties.Task;
import io.github.llmcache.settings.SettingsRules;
import io.github.llmcache.settings.TaskSettings;

/**
 * Applies the rules of a task's properties to its live settings.
 */
final class PropertyRules implements SettingsRules {

	private final LlmCacheProperties properties;

	PropertyRules(LlmCacheProperties properties) {
		this.properties = properties;
	}

	@Override
	public void check(String task, TaskSettings settings) {
		String prefix = "llm-cache.tasks." + task;
		new Task(settings.ttl(), settings.semantic(), settings.minSimilarity(), null, null, null, null,
				settings.minProbability(), null, settings.errorBudget(), null, null)
			.check(prefix);
		if (Boolean.TRUE.equals(settings.semantic()) && !this.properties.semantic().enabled()) {
			throw new InvalidPropertyException(prefix + ".semantic", true,
					"Set llm-cache.semantic.enabled=true and start again: there is no embedding model.");
		}
	}

}
