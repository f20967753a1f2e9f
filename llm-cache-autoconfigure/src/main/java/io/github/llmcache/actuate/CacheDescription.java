package io.github.llmcache.actuate;

import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.event.Reliability;
import io.github.llmcache.policy.CachePolicy;

/**
 * How the cache is set up, as operators see it.
 *
 * @param store what the store is, without addresses or credentials
 * @param embedder fingerprint of the embedder, or {@code null} if there is none
 * @param policies the policies of the tasks that are known, whether they were called or
 * not
 * @param reliabilities how reliable the semantic hits of tasks are, where that is known
 */
public record CacheDescription(String store, @Nullable String embedder, Map<String, CachePolicy> policies,
		Map<String, Reliability> reliabilities) {

	public CacheDescription {
		policies = Map.copyOf(policies);
		reliabilities = Map.copyOf(reliabilities);
	}

	/**
	 * A description without reliabilities.
	 */
	public CacheDescription(String store, @Nullable String embedder, Map<String, CachePolicy> policies) {
		this(store, embedder, policies, Map.of());
	}

}
