package io.github.llmcache.autoconfigure;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.github.llmcache.autoconfigure.executor.LlmCacheExecutor;
import io.github.llmcache.embedding.TextEmbedder;
import io.github.llmcache.verify.MatchVerifier;
import io.github.llmcache.verify.ParaphraseModel;

/**
 * First use of the models in this JVM before the first call. Only for embedders of our
 * own: a user's may be remote, and may cost money.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty(name = "llm-cache.semantic.warm-up", matchIfMissing = true)
class WarmUpConfiguration {

	@Bean
	static SemanticWarmUp llmCacheSemanticWarmUp(ListableBeanFactory beans) {
		return new SemanticWarmUp(() -> beans.getBean(LlmCacheExecutor.class), () -> beans.getBean(TextEmbedder.class),
				() -> beans.getBean(MatchVerifier.class),
				() -> beans.getBeanProvider(ParaphraseModel.class).getIfAvailable());
	}

}
