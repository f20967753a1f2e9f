package io.github.llmcache.autoconfigure.cost;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.github.llmcache.autoconfigure.properties.LlmCacheProperties;
import io.github.llmcache.cost.Prices;
import io.github.llmcache.cost.TokenCounter;
import io.github.llmcache.cost.UsageReader;
import io.github.llmcache.cost.UsageSource;
import io.github.llmcache.djl.DjlTokenCounter;

/**
 * Counts tokens, and knows prices.
 */
@Configuration(proxyBeanMethods = false)
public final class CostConfiguration {

	@Bean
	@ConditionalOnMissingBean
	UsageReader llmCacheUsageReader(ObjectProvider<UsageSource> sources, ObjectProvider<TokenCounter> counter) {
		return new UsageReader(sources.orderedStream().toList(), counter.getIfAvailable(() -> TokenCounter.BY_LENGTH));
	}

	@Bean
	@ConditionalOnMissingBean
	Prices llmCachePrices(LlmCacheProperties properties) {
		return properties.cost().table();
	}

	/**
	 * Where the embedding model is in this JVM, its tokenizer is there to count.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(name = "ai.djl.huggingface.tokenizers.HuggingFaceTokenizer")
	@ConditionalOnBooleanProperty(name = "llm-cache.semantic.enabled", matchIfMissing = true)
	@ConditionalOnProperty(name = "llm-cache.embedding.provider", havingValue = "djl", matchIfMissing = true)
	static class TokenizerConfiguration {

		@Bean
		@ConditionalOnMissingBean(TokenCounter.class)
		DjlTokenCounter llmCacheTokenCounter(LlmCacheProperties properties) {
			return new DjlTokenCounter(properties.embedding().modelPath());
		}

	}

}
