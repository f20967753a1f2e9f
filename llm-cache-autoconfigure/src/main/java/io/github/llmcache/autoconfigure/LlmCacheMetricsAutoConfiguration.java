package io.github.llmcache.autoconfigure;

import io.micrometer.core.instrument.MeterRegistry;

import java.util.Map;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

import io.github.llmcache.core.LlmCache;
import io.github.llmcache.cost.Prices;
import io.github.llmcache.event.ReliabilitySource;
import io.github.llmcache.metrics.LlmCacheMetrics;
import io.github.llmcache.store.CacheStore;

/**
 * Auto-configuration for Micrometer meters of the cache.
 */
@AutoConfiguration(after = LlmCacheAutoConfiguration.class,
		afterName = "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration")
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean({ LlmCache.class, MeterRegistry.class })
public final class LlmCacheMetricsAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	LlmCacheMetrics llmCacheMetrics(MeterRegistry registry, CacheStore store,
			ObjectProvider<ReliabilitySource> reliabilities, ObjectProvider<Prices> prices) {
		return new LlmCacheMetrics(registry, store::usage, reliabilities.getIfAvailable(() -> Map::of),
				prices.getIfAvailable(() -> Prices.NONE));
	}

}
