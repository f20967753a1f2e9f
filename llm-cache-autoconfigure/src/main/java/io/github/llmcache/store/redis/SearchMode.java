package io.github.llmcache.store.redis;

/**
 * Where similar prompts are searched.
 */
public enum SearchMode {

	/** By vector sets if the server has them, otherwise in process. */
	AUTO,

	/** On the server, by vector sets: Redis 8 and later. */
	VECTOR_SET,

	/**
	 * In this JVM, by an index that is filled from the server: any Redis or Valkey from
	 * 6.2.
	 */
	IN_PROCESS

}
