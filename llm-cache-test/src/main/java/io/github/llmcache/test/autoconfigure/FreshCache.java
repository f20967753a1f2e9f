package io.github.llmcache.test.autoconfigure;

import org.springframework.context.ApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestContextAnnotationUtils;
import org.springframework.test.context.TestExecutionListener;

import io.github.llmcache.core.LlmCache;
import io.github.llmcache.store.EvictionSelector;
import io.github.llmcache.test.DeterministicEmbedder;
import io.github.llmcache.test.RecordingListener;

/**
 * Empties the cache before each test with {@link AutoConfigureLlmCache}, and lets the
 * test's parts forget what they were told.
 */
class FreshCache implements TestExecutionListener, Ordered {

	@Override
	public void beforeTestMethod(TestContext test) {
		if (!TestContextAnnotationUtils.hasAnnotation(test.getTestClass(), AutoConfigureLlmCache.class)) {
			return;
		}
		ApplicationContext context = test.getApplicationContext();
		context.getBeanProvider(LlmCache.class).ifAvailable((cache) -> cache.evictNow(EvictionSelector.all()));
		context.getBeanProvider(DeterministicEmbedder.class).forEach(DeterministicEmbedder::clear);
		context.getBeanProvider(RecordingListener.class).forEach(RecordingListener::clear);
	}

	/**
	 * After the listeners that dependency injection and mocks are due to.
	 */
	@Override
	public int getOrder() {
		return 5_000;
	}

}
