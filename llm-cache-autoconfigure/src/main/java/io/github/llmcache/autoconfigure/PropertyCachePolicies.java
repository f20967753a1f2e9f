package io.github.llmcache.autoconfigure;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.springframework.util.unit.DataSize;

import io.github.llmcache.core.CachePolicies;
import io.github.llmcache.core.CachePolicy;
import io.github.llmcache.core.RequestedPolicy;

/**
 * The operator's word for a task first, then the code's, then the default.
 */
final class PropertyCachePolicies implements CachePolicies {

	private static final LlmCacheProperties.Task NOTHING = new LlmCacheProperties.Task(null, null, null, null);

	private final LlmCacheProperties properties;

	PropertyCachePolicies(LlmCacheProperties properties) {
		this.properties = properties;
	}

	@Override
	public CachePolicy resolve(String task, RequestedPolicy requested) {
		LlmCacheProperties.Task override = this.properties.tasks().getOrDefault(task, NOTHING);
		LlmCacheProperties.Semantic semantic = this.properties.semantic();
		Duration ttl = first(override.ttl(), requested.ttl(), this.properties.ttl());
		boolean matched = semantic.enabled() && first(override.semantic(), requested.semantic(), false);
		double minSimilarity = first(override.minSimilarity(), requested.minSimilarity(), semantic.minSimilarity());
		DataSize maxPayload = first(override.maxPayload(), null, this.properties.maxPayload());
		return new CachePolicy(ttl, matched, minSimilarity, semantic.maxCandidates(), maxPayload.toBytes());
	}

	private static <V> V first(@Nullable V override, @Nullable V requested, V fallback) {
		if (override != null) {
			return override;
		}
		return (requested != null) ? requested : fallback;
	}

}
