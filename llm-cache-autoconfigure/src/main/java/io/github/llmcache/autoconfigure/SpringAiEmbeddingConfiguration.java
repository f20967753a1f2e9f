package io.github.llmcache.autoconfigure;

import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.github.llmcache.autoconfigure.properties.LlmCacheProperties;
import io.github.llmcache.embedding.CachingTextEmbedder;
import io.github.llmcache.embedding.EmbeddingModelException;
import io.github.llmcache.embedding.TextEmbedder;
import io.github.llmcache.springai.SpringAiTextEmbedder;

/**
 * Embeddings by the application's Spring AI model.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(
		name = { "org.springframework.ai.embedding.EmbeddingModel", "com.github.benmanes.caffeine.cache.Caffeine" })
@ConditionalOnBooleanProperty(name = "llm-cache.semantic.enabled", matchIfMissing = true)
@ConditionalOnProperty(name = "llm-cache.embedding.provider", havingValue = "spring-ai")
@ConditionalOnMissingBean(TextEmbedder.class)
class SpringAiEmbeddingConfiguration {

	@Bean
	CachingTextEmbedder llmCacheTextEmbedder(LlmCacheProperties properties, ObjectProvider<EmbeddingModel> models) {
		EmbeddingModel model = models.getIfUnique();
		if (model == null) {
			throw new EmbeddingModelException("spring-ai",
					"llm-cache.embedding.provider is 'spring-ai', but there is no single EmbeddingModel bean",
					"Add a Spring AI model starter, mark one EmbeddingModel bean as primary, or remove the property to"
							+ " use the bundled model.");
		}
		LlmCacheProperties.Embedding embedding = properties.embedding();
		SpringAiTextEmbedder.Builder builder = SpringAiTextEmbedder.builder(model);
		if (embedding.dimensions() != null) {
			builder.dimensions(embedding.dimensions());
		}
		if (embedding.fingerprint() != null) {
			builder.fingerprint(embedding.fingerprint());
		}
		int running = (embedding.concurrency() != null) ? embedding.concurrency()
				: CachingTextEmbedder.DEFAULT_MAXIMUM_RUNNING;
		return new CachingTextEmbedder(builder.build(), embedding.recent(), running);
	}

}
