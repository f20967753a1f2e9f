package io.github.llmcache.autoconfigure;

import java.time.Clock;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.github.llmcache.cost.Prices;
import io.github.llmcache.metrics.StatisticsRecorder;
import io.github.llmcache.metrics.StatisticsSource;
import io.github.llmcache.store.CacheStore;

/**
 * Counters that need no metrics library.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnMissingBean(StatisticsSource.class)
class StatisticsConfiguration {

	@Bean
	StatisticsRecorder llmCacheStatistics(ObjectProvider<CacheStore> store, ObjectProvider<Clock> clock,
			Prices prices) {
		return new StatisticsRecorder(() -> store.getObject().usage(), clock.getIfUnique(Clock::systemUTC), prices);
	}

}
