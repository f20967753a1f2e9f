package io.github.llmcache.autoconfigure;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.github.llmcache.thread.DaemonThreads;

/**
 * What vector indexes in this JVM need, whatever store they belong to.
 */
@Configuration(proxyBeanMethods = false)
class IndexConfiguration {

	@Bean(destroyMethod = "close")
	IndexBuilder llmCacheIndexBuilder() {
		ThreadPoolExecutor executor = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(),
				new DaemonThreads("llm-cache-index"));
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
