package io.github.llmcache.autoconfigure;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.github.llmcache.verify.GuardedMatchVerifier;
import io.github.llmcache.verify.MatchVerifier;

/**
 * The verifier, which decides whether a similar prompt is the same question.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty(name = "llm-cache.semantic.enabled", matchIfMissing = true)
@ConditionalOnMissingBean(MatchVerifier.class)
class VerificationConfiguration {

	@Bean
	GuardedMatchVerifier llmCacheMatchVerifier() {
		return new GuardedMatchVerifier();
	}

}
