package io.github.llmcache.autoconfigure;

import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.github.llmcache.core.LlmCache;
import io.github.llmcache.reactive.ReactiveLlmCache;

/**
 * Answers that are a {@code Mono} or a {@code Flux}.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(name = "reactor.core.publisher.Flux")
class ReactorConfiguration {

	@Bean
	@ConditionalOnMissingBean
	ReactiveLlmCache llmCacheReactive(LlmCache cache) {
		return new ReactiveLlmCache(cache);
	}

}
