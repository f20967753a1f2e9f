package io.github.llmcache.sample.router;

import java.util.Map;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.Assert;

import io.github.llmcache.sample.model.ModelSettings;

/**
 * The models, and which prompt goes to which.
 *
 * @param provider where the models come from
 * @param models the models by name
 * @param router which prompt goes to which model
 */
@ConfigurationProperties("sample")
public record RouterProperties(@DefaultValue("simulated") Provider provider, Map<String, ModelSettings> models,
		Router router) {

	public RouterProperties {
		models = Map.copyOf(models);
		check(models, router.small());
		check(models, router.large());
		for (String name : router.tasks().values()) {
			check(models, name);
		}
	}

	private static void check(Map<String, ModelSettings> models, String name) {
		Assert.isTrue(models.containsKey(name), () -> "There is no model '" + name + "' in sample.models");
	}

	/**
	 * Where models come from.
	 */
	public enum Provider {

		/** Simulated, offline. */
		SIMULATED,

		/** A provider that speaks OpenAI's protocol. */
		OPENAI

	}

	/**
	 * Which prompt goes to which model.
	 *
	 * @param small name of the model for short prompts
	 * @param large name of the model for long prompts
	 * @param largeFrom the length, in tokens, from which on a prompt is long
	 * @param tasks names of the models for tasks that always go to the same one
	 */
	public record Router(String small, String large, @DefaultValue("200") int largeFrom,
			@DefaultValue Map<String, String> tasks) {

		public Router {
			Assert.isTrue(largeFrom > 0, "sample.router.large-from must be positive");
			tasks = Map.copyOf(tasks);
		}

	}

}
