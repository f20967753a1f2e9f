package io.github.llmcache.autoconfigure;

/**
 * There is nowhere to store answers.
 */
public class MissingCacheStoreException extends IllegalStateException {

	static final String PROBLEM = "There is no CacheStore: the embedded store needs Caffeine, which is not on the"
			+ " classpath.";

	static final String REMEDY = "Add the dependency llm-cache-spring-boot-starter, or define a CacheStore bean; or set"
			+ " llm-cache.enabled=false.";

	MissingCacheStoreException() {
		super(PROBLEM + " " + REMEDY);
	}

}
