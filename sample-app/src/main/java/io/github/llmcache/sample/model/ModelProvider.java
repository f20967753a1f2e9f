package io.github.llmcache.sample.model;

/**
 * Where models come from.
 */
public interface ModelProvider {

	/**
	 * Create a model.
	 * @param name the name that the application knows it by
	 * @param settings its speed and its price
	 * @return the model
	 */
	LanguageModel create(String name, ModelSettings settings);

}
