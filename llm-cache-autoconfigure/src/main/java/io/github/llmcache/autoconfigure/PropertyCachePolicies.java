package io.github.llmcache.autoconfigure;

import org.jspecify.annotations.Nullable;

import org.springframework.util.unit.DataSize;

import io.github.llmcache.core.CachePolicies;
import io.github.llmcache.core.CachePolicy;
import io.github.llmcache.core.RequestedPolicy;

/**
 * The operator's word for a task first, then the code's, then the default.
 */
final class PropertyCachePolicies implements CachePolicies {

	private final LlmCacheProperties properties;

	private final CachePolicy defaults;

	PropertyCachePolicies(LlmCacheProperties properties) {
		this.properties = properties;
		this.defaults = new CachePolicy(properties.ttl(), false, properties.semantic().minSimilarity(),
				properties.semantic().maxCandidates(), properties.maxPayload().toBytes());
	}

	@Override
	public CachePolicy resolve(String task, RequestedPolicy requested) {
		CachePolicy policy = requested.applyTo(this.defaults);
		LlmCacheProperties.Task operator = this.properties.tasks().get(task);
		if (operator != null) {
			policy = new RequestedPolicy(operator.ttl(), operator.semantic(), operator.minSimilarity())
				.applyTo(withMaxPayload(policy, operator.maxPayload()));
		}
		return (policy.semantic() && !this.properties.semantic().enabled()) ? withoutSemantic(policy) : policy;
	}

	private static CachePolicy withMaxPayload(CachePolicy policy, @Nullable DataSize maxPayload) {
		return (maxPayload == null) ? policy : new CachePolicy(policy.ttl(), policy.semantic(), policy.minSimilarity(),
				policy.maxCandidates(), maxPayload.toBytes());
	}

	private static CachePolicy withoutSemantic(CachePolicy policy) {
		return new CachePolicy(policy.ttl(), false, policy.minSimilarity(), policy.maxCandidates(),
				policy.maxPayload());
	}

}
