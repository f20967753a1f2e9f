package io.github.llmcache.sample.router;

import java.util.Map;
import java.util.TreeMap;

import io.github.llmcache.sample.model.LanguageModel;
import io.github.llmcache.sample.model.ModelProvider;
import io.github.llmcache.sample.model.Tokens;

/**
 * Chooses the model for a prompt: by task, or else by length.
 */
public class ModelRouter {

	private final RouterProperties.Router rules;

	private final Map<String, LanguageModel> models = new TreeMap<>();

	public ModelRouter(RouterProperties properties, ModelProvider provider) {
		this.rules = properties.router();
		properties.models().forEach((name, settings) -> this.models.put(name, provider.create(name, settings)));
	}

	/**
	 * Choose a model.
	 * @param task the kind of work
	 * @param prompt the prompt
	 * @return name of the model
	 */
	public String route(String task, String prompt) {
		String forTask = this.rules.tasks().get(task);
		if (forTask != null) {
			return forTask;
		}
		return (Tokens.estimate(prompt) < this.rules.largeFrom()) ? this.rules.small() : this.rules.large();
	}

	/**
	 * Find a model.
	 * @param name the name
	 * @return the model
	 */
	public LanguageModel model(String name) {
		LanguageModel model = this.models.get(name);
		if (model == null) {
			throw new IllegalArgumentException("There is no model '" + name + "'");
		}
		return model;
	}

}
