package io.github.llmcache.autoconfigure;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import io.github.llmcache.autoconfigure.properties.LlmCacheProperties;
import io.github.llmcache.djl.DjlTextEmbedder;
import io.github.llmcache.embedding.CachingTextEmbedder;
import io.github.llmcache.embedding.TextEmbedder;

/**
 * Embeddings by a model in this JVM.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(name = { "ai.djl.huggingface.tokenizers.HuggingFaceTokenizer",
		"ai.djl.onnxruntime.engine.OrtEngine", "com.github.benmanes.caffeine.cache.Caffeine" })
@ConditionalOnBooleanProperty(name = "llm-cache.semantic.enabled", matchIfMissing = true)
@ConditionalOnProperty(name = "llm-cache.embedding.provider", havingValue = "djl", matchIfMissing = true)
@ConditionalOnMissingBean(TextEmbedder.class)
@Import(WarmUpConfiguration.class)
class DjlEmbeddingConfiguration {

	@Bean
	CachingTextEmbedder llmCacheTextEmbedder(LlmCacheProperties properties) {
		LlmCacheProperties.Embedding embedding = properties.embedding();
		DjlTextEmbedder.Builder builder = (embedding.modelPath() != null) ? DjlTextEmbedder.model(embedding.modelPath())
				: DjlTextEmbedder.bundled();
		builder.window(embedding.window());
		if (embedding.dimensions() != null) {
			builder.dimensions(embedding.dimensions());
		}
		if (embedding.concurrency() != null) {
			builder.concurrency(embedding.concurrency());
		}
		return new CachingTextEmbedder(builder.build(), embedding.recent());
	}

}
