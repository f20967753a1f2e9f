package io.github.llmcache.autoconfigure;

import io.github.llmcache.diagnostics.SetupException;

/**
 * There is nowhere to store answers.
 */
final class MissingCacheStoreException extends SetupException {

	private MissingCacheStoreException(String problem, String remedy) {
		super(problem, remedy, null);
	}

	static MissingCacheStoreException embedded() {
		return new MissingCacheStoreException(
				"There is no CacheStore: the embedded store needs Caffeine, which is not on the classpath.",
				"Add the dependency llm-cache-spring-boot-starter, or define a CacheStore bean; or set"
						+ " llm-cache.enabled=false.");
	}

	static MissingCacheStoreException redis() {
		return new MissingCacheStoreException(
				"There is no CacheStore: 'llm-cache.store' is 'redis', which needs one LettuceConnectionFactory bean and"
						+ " resilience4j-circuitbreaker on the classpath.",
				"Add the dependencies spring-boot-starter-data-redis and llm-cache-spring-boot-starter, name one"
						+ " connection factory by llm-cache.redis.connection-factory if there are several, or set llm-cache.store=memory.");
	}

}
