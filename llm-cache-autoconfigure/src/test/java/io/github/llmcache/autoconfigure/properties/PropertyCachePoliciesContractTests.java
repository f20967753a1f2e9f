package io.github.llmcache.autoconfigure.properties;

import java.util.Map;

import org.junit.jupiter.api.Test;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import io.github.llmcache.policy.CachePolicies;
import io.github.llmcache.policy.RequestedPolicy;
import io.github.llmcache.test.contract.CachePoliciesContract;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@link PropertyCachePolicies} keeps the contract.
 */
class PropertyCachePoliciesContractTests extends CachePoliciesContract {

	private static final CachePolicies policies = new PropertyCachePolicies(new Binder(
			new MapConfigurationPropertySource(Map.of("llm-cache.ttl", "3h", "llm-cache.tasks.other.ttl", "1h")))
		.bind("llm-cache", LlmCacheProperties.class)
		.get());

	@Test
	void accuracyOfATaskIsMadeOnce() {
		assertThat(policies.resolve("other", RequestedPolicy.DEFAULT).accuracy())
			.isSameAs(policies.resolve("other", RequestedPolicy.DEFAULT).accuracy());
	}

	@Override
	protected CachePolicies policies() {
		return policies;
	}

}
