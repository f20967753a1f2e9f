package io.github.llmcache.autoconfigure;

import java.time.Clock;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

import io.github.llmcache.actuate.LlmCacheHealthIndicator;
import io.github.llmcache.core.LlmCache;

/**
 * Auto-configuration for the health of the cache, which is never down, since the
 * application answers without it.
 */
@AutoConfiguration(after = LlmCacheAutoConfiguration.class)
@ConditionalOnClass({ HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class })
@ConditionalOnBean(LlmCache.class)
@ConditionalOnEnabledHealthIndicator("llmcache")
public final class LlmCacheHealthAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	LlmCacheHealthIndicator llmCacheHealthIndicator(CacheFacts facts, ObjectProvider<Clock> clock) {
		return new LlmCacheHealthIndicator(facts::describe, clock.getIfUnique(Clock::systemUTC),
				LlmCacheHealthIndicator.DEFAULT_WINDOW);
	}

}
