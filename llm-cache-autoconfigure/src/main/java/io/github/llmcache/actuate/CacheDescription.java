package io.github.llmcache.actuate;

import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.core.CachePolicy;

/**
 * How the cache is set up, as operators see it.
 *
 * @param store what the store is, without addresses or credentials
 * @param embedder fingerprint of the embedder, or {@code null} if there is none
 * @param policies the policies of the tasks that are known, whether they were called or
 * not
 */
public record CacheDescription(String store, @Nullable String embedder, Map<String, CachePolicy> policies) {

	public CacheDescription {
		policies = Map.copyOf(policies);
	}

}
