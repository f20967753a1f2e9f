package io.github.llmcache.autoconfigure.judge;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.github.llmcache.autoconfigure.executor.JudgeExecutor;
import io.github.llmcache.autoconfigure.properties.LlmCacheProperties;
import io.github.llmcache.thread.DaemonThreads;

/**
 * The judge that is asked about what the cache cannot tell, if the application has one.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty(name = "llm-cache.semantic.enabled", matchIfMissing = true)
@ConditionalOnClass(name = "com.github.benmanes.caffeine.cache.Caffeine")
public final class JudgeConfiguration {

	/** They wait for a model most of the time. */
	private static final int THREADS = 8;

	private static final int LONGEST_QUEUE = 100;

	@Bean
	AvailableJudge llmCacheAvailableJudge(LlmCacheProperties properties, ListableBeanFactory beans,
			JudgeExecutor executor) {
		return AvailableJudge.find(properties.semantic().judge(), beans, executor);
	}

	/**
	 * Has no threads as long as there is nothing to do.
	 */
	@Bean
	@ConditionalOnMissingBean
	JudgeExecutor llmCacheJudgeExecutor() {
		return new JudgeExecutor(new DaemonThreads("llm-cache-judge").pool(THREADS, LONGEST_QUEUE));
	}

}
