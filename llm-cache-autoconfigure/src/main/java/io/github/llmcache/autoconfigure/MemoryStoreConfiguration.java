package io.github.llmcache.autoconfigure;

import java.time.Clock;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import io.github.llmcache.autoconfigure.IndexConfiguration.IndexBuilder;
import io.github.llmcache.autoconfigure.properties.LlmCacheProperties;
import io.github.llmcache.index.VectorIndexFactory;
import io.github.llmcache.store.CacheStore;
import io.github.llmcache.store.memory.MemoryCacheStore;
import io.github.llmcache.store.memory.MemoryLimits;

/**
 * The embedded store, where there is no other.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(name = "com.github.benmanes.caffeine.cache.Caffeine")
@ConditionalOnProperty(name = "llm-cache.store", havingValue = "memory", matchIfMissing = true)
@ConditionalOnMissingBean(CacheStore.class)
@Import(IndexConfiguration.class)
class MemoryStoreConfiguration {

	@Bean
	MemoryCacheStore llmCacheStore(LlmCacheProperties properties, IndexBuilder indexBuilder, LlmCacheEvents events,
			ObjectProvider<Clock> clock, ListableBeanFactory beans) {
		EmbeddedStoreNotice.log(properties, beans);
		LlmCacheProperties.Memory memory = properties.memory();
		return new MemoryCacheStore(
				new MemoryLimits(memory.maxEntries(), memory.maxSize().toBytes(), properties.quota().scopeQuota()),
				new VectorIndexFactory(memory.graphThreshold(), indexBuilder.executor()),
				clock.getIfUnique(Clock::systemUTC), events.listener());
	}

}
