package io.github.llmcache.autoconfigure.settings;

import java.util.Map;
import java.util.TreeMap;

import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

import io.github.llmcache.actuate.LlmCacheEndpointAdvisor;
import io.github.llmcache.actuate.LlmCacheSettingsEndpoint;
import io.github.llmcache.autoconfigure.properties.LlmCacheProperties;
import io.github.llmcache.interceptor.LlmCacheAdvisor;
import io.github.llmcache.policy.CachePolicies;
import io.github.llmcache.policy.RequestedPolicy;
import io.github.llmcache.settings.EffectiveSettings;
import io.github.llmcache.settings.LiveSettings;

/**
 * Auto-configuration for the Actuator endpoint {@code llmcachesettings}.
 */
@AutoConfiguration(afterName = { "io.github.llmcache.autoconfigure.LlmCacheAutoConfiguration",
		"io.github.llmcache.autoconfigure.LlmCacheEndpointAutoConfiguration" })
@ConditionalOnClass({ Endpoint.class, ConditionalOnAvailableEndpoint.class })
@ConditionalOnBean(LiveSettings.class)
@ConditionalOnAvailableEndpoint(LlmCacheSettingsEndpoint.class)
public final class LlmCacheSettingsEndpointAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	LlmCacheSettingsEndpoint llmCacheSettingsEndpoint(LiveSettings settings, CachePolicies policies,
			LlmCacheProperties properties, LlmCacheAdvisor advisor) {
		return new LlmCacheSettingsEndpoint(settings, new EffectiveSettings(policies, settings),
				() -> requested(properties, advisor));
	}

	private static Map<String, RequestedPolicy> requested(LlmCacheProperties properties, LlmCacheAdvisor advisor) {
		Map<String, RequestedPolicy> requested = new TreeMap<>(advisor.tasks());
		properties.tasks().keySet().forEach((task) -> requested.putIfAbsent(task, RequestedPolicy.DEFAULT));
		return requested;
	}

	@Bean
	@ConditionalOnMissingBean
	LlmCacheEndpointAdvisor llmCacheEndpointAdvisor() {
		return new LlmCacheEndpointAdvisor();
	}

}
