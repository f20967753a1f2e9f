package io.github.llmcache.interceptor;

import io.github.llmcache.codec.PayloadCodec;
import io.github.llmcache.core.LlmCache;
import io.github.llmcache.failure.FailureReporter;
import io.github.llmcache.policy.CachePolicies;

/**
 * What an {@link LlmCacheAdvisor} needs of the cache when all beans are there.
 *
 * @param cache the engine
 * @param failures is notified of failures outside of the engine
 * @param codec knows which types of answers it can restore
 * @param policies decide how the tasks of annotated methods are cached
 * @param embedding whether something can embed prompts
 */
public record InterceptedCache(LlmCache cache, FailureReporter failures, PayloadCodec codec, CachePolicies policies,
		boolean embedding) {

}
