package io.github.llmcache.sample.replay;

import java.util.Random;
import java.util.random.RandomGenerator;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.github.llmcache.autoconfigure.AuditExecutor;

/**
 * Makes a replay give the same figures each time: answers are compared before the next
 * request, and what is audited does not depend on chance.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("sample.command")
class ReplayConfiguration {

	private static final long SEED = 42;

	@Bean
	AuditExecutor auditExecutor() {
		return new AuditExecutor(Runnable::run);
	}

	@Bean
	RandomGenerator random() {
		return new Random(SEED);
	}

}
