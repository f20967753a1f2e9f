package io.github.llmcache.store;

/**
 * A {@link CacheStore} that tells operators more than the name of its class.
 */
public interface DescribedStore extends CacheStore {

	/**
	 * Tell what is used, and in what state it is.
	 * @return a few words, without addresses and credentials
	 */
	String describe();

}
