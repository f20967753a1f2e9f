package io.github.llmcache.autoconfigure;

import io.github.llmcache.core.FailureReporter;
import io.github.llmcache.event.LlmCacheListener;

/**
 * Where the parts of the cache tell what happens.
 *
 * @param listener tells every listener bean
 * @param failures tells and logs failures
 */
record LlmCacheEvents(LlmCacheListener listener, FailureReporter failures) {

	LlmCacheEvents(LlmCacheListener listener) {
		this(listener, new FailureReporter(listener));
	}

}
