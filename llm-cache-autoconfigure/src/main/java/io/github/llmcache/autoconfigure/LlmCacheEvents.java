package io.github.llmcache.autoconfigure;

import io.github.llmcache.event.LlmCacheListener;
import io.github.llmcache.failure.FailureReporter;

/**
 * Where the parts of the cache report what happens.
 *
 * @param listener notifies every listener bean
 * @param failures reports and logs failures
 */
record LlmCacheEvents(LlmCacheListener listener, FailureReporter failures) {

	LlmCacheEvents(LlmCacheListener listener) {
		this(listener, new FailureReporter(listener));
	}

}
