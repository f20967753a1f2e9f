package io.github.llmcache.autoconfigure.observation;

import io.micrometer.observation.ObservationRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.github.llmcache.autoconfigure.properties.LlmCacheProperties;
import io.github.llmcache.observation.ObservationStepObserver;
import io.github.llmcache.store.CacheStore;
import io.github.llmcache.store.memory.MemoryCacheStore;
import io.github.llmcache.trace.StepObserver;

/**
 * Observations, if there is a registry for them.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(ObservationRegistry.class)
@ConditionalOnBooleanProperty(name = "llm-cache.observations.enabled", matchIfMissing = true)
public final class ObservationConfiguration {

	@Bean
	@ConditionalOnMissingBean
	StepObserver llmCacheStepObserver(ObjectProvider<ObservationRegistry> registry, ObjectProvider<CacheStore> store,
			LlmCacheProperties properties) {
		ObservationRegistry there = registry.getIfUnique(() -> ObservationRegistry.NOOP);
		if (there == ObservationRegistry.NOOP) {
			return StepObserver.NONE;
		}
		Boolean exactHits = properties.observations().exactHits();
		return new ObservationStepObserver(there,
				(exactHits != null) ? exactHits : !(store.getIfAvailable() instanceof MemoryCacheStore));
	}

}
