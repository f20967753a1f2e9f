package io.github.llmcache.autoconfigure;

import java.time.Clock;
import java.util.Map;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.github.llmcache.autoconfigure.executor.LlmCacheExecutor;
import io.github.llmcache.embedding.TextEmbedder;
import io.github.llmcache.event.LlmCacheListener;
import io.github.llmcache.metrics.StatisticsRecorder;
import io.github.llmcache.verify.MatchVerifier;
import io.github.llmcache.verify.ParaphraseModel;

/**
 * First use of the models in this JVM before the application is ready. Only for embedders
 * of our own: a user's may be remote, and may cost money.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty(name = "llm-cache.semantic.warm-up", matchIfMissing = true)
class WarmUpConfiguration {

	@Bean
	static SemanticWarmUp llmCacheSemanticWarmUp(ListableBeanFactory beans) {
		return new SemanticWarmUp(() -> beans.getBean(LlmCacheExecutor.class), () -> beans.getBean(TextEmbedder.class),
				() -> beans.getBean(MatchVerifier.class),
				() -> beans.getBeanProvider(ParaphraseModel.class).getIfAvailable(), () -> listener(beans));
	}

	/**
	 * Counts like that of the application, for nobody.
	 */
	private static LlmCacheListener listener(ListableBeanFactory beans) {
		return (beans.getBeanNamesForType(StatisticsRecorder.class, true, false).length > 0)
				? new StatisticsRecorder(Map::of, Clock.systemUTC()) : LlmCacheListener.NO_OP;
	}

}
