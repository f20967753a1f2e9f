package io.github.llmcache.autoconfigure;

import java.time.Clock;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

import io.github.llmcache.core.CacheStore;
import io.github.llmcache.index.VectorIndexFactory;
import io.github.llmcache.store.memory.MemoryCacheStore;
import io.github.llmcache.store.memory.MemoryLimits;

/**
 * The embedded store, where there is no other.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(name = "com.github.benmanes.caffeine.cache.Caffeine")
@ConditionalOnMissingBean(CacheStore.class)
class MemoryStoreConfiguration {

	@Bean
	MemoryCacheStore llmCacheStore(LlmCacheProperties properties, IndexBuilder indexBuilder, LlmCacheEvents events,
			ObjectProvider<Clock> clock) {
		LlmCacheProperties.Memory memory = properties.memory();
		return new MemoryCacheStore(new MemoryLimits(memory.maxEntries(), memory.maxSize().toBytes()),
				new VectorIndexFactory(memory.graphThreshold(), indexBuilder.executor()),
				clock.getIfUnique(Clock::systemUTC), events.listener());
	}

	@Bean(destroyMethod = "close")
	IndexBuilder llmCacheIndexBuilder() {
		CustomizableThreadFactory threads = new CustomizableThreadFactory("llm-cache-index-");
		threads.setDaemon(true);
		ThreadPoolExecutor executor = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(),
				threads);
		return new IndexBuilder(executor);
	}

	/**
	 * The one thread that builds graphs. Not an {@code Executor} bean, which would make
	 * Spring Boot's own back off.
	 */
	record IndexBuilder(ThreadPoolExecutor executor) implements AutoCloseable {

		@Override
		public void close() {
			this.executor.shutdownNow();
		}

	}

}
