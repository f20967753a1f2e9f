package io.github.llmcache.autoconfigure.settings;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.github.llmcache.autoconfigure.properties.LlmCacheProperties;
import io.github.llmcache.settings.LiveSettings;
import io.github.llmcache.store.CacheStore;

/**
 * Settings of tasks that operators change while the application runs.
 */
@Configuration(proxyBeanMethods = false)
public class SettingsConfiguration {

	@Bean
	@ConditionalOnMissingBean
	LiveSettings llmCacheLiveSettings(LlmCacheProperties properties, ObjectProvider<CacheStore> store,
			ApplicationEventPublisher publisher) {
		return new LiveSettings(store::getObject, new PropertyRules(properties), publisher::publishEvent);
	}

	@Bean
	SettingsRefresh llmCacheSettingsRefresh(LiveSettings settings, ObjectProvider<CacheStore> store) {
		return new SettingsRefresh(settings, store::getIfAvailable);
	}

}
