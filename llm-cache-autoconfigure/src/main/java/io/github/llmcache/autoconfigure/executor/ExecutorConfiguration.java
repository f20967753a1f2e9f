package io.github.llmcache.autoconfigure.executor;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnThreading;
import org.springframework.boot.thread.Threading;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.TaskDecorator;
import org.springframework.core.task.VirtualThreadTaskExecutor;

import io.github.llmcache.thread.DaemonThreads;

/**
 * The threads on which the cache works for callers that do not wait, and the context that
 * they are given.
 */
@Configuration(proxyBeanMethods = false)
public final class ExecutorConfiguration {

	private static final String THREAD_NAME = "llm-cache-";

	/** As many as Reactor has for work that may block. */
	private static final int THREADS = 10 * Runtime.getRuntime().availableProcessors();

	private static final int LONGEST_QUEUE = 100_000;

	/**
	 * Has no threads as long as there is nothing to do.
	 */
	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnThreading(Threading.PLATFORM)
	LlmCacheExecutor llmCacheExecutor() {
		return new LlmCacheExecutor(new DaemonThreads(THREAD_NAME + "worker").pool(THREADS, LONGEST_QUEUE));
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnThreading(Threading.VIRTUAL)
	LlmCacheExecutor llmCacheVirtualThreadExecutor() {
		return new LlmCacheExecutor(new VirtualThreadTaskExecutor(THREAD_NAME));
	}

	@Bean
	CallContext llmCacheCallContext(ObjectProvider<TaskDecorator> decorators) {
		return new CallContext(decorators.orderedStream().toList());
	}

}
