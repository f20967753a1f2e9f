package io.github.llmcache.autoconfigure;

import java.util.function.Consumer;
import java.util.function.Supplier;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;

import io.github.llmcache.aspect.DeclaredTask;
import io.github.llmcache.aspect.InvalidOperationException;
import io.github.llmcache.core.TextEmbedder;

/**
 * Refuses semantic tasks where nothing can embed prompts.
 */
final class SemanticTaskValidator implements Consumer<DeclaredTask> {

	private final ConfigurableBeanFactory beanFactory;

	private final Supplier<LlmCacheProperties> properties;

	SemanticTaskValidator(ConfigurableBeanFactory beanFactory, Supplier<LlmCacheProperties> properties) {
		this.beanFactory = beanFactory;
		this.properties = properties;
	}

	@Override
	public void accept(DeclaredTask declared) {
		String task = (declared.task() != null) ? declared.task() : "";
		boolean semantic = new PropertyCachePolicies(this.properties.get()).resolve(task, declared.policy()).semantic();
		if (semantic && !isEmbedderDefined()) {
			throw new InvalidOperationException(declared.method(),
					"asks for semantic matching, but there is no TextEmbedder to embed prompts with",
					"Add the dependency llm-cache-spring-boot-starter, which brings an embedding model, or define a"
							+ " TextEmbedder bean; or set llm-cache.semantic.enabled=false to match the same prompts"
							+ " only.");
		}
	}

	/**
	 * By definitions only, so that nothing is started.
	 */
	private boolean isEmbedderDefined() {
		return this.beanFactory instanceof ListableBeanFactory beans
				&& beans.getBeanNamesForType(TextEmbedder.class, true, false).length > 0;
	}

}
