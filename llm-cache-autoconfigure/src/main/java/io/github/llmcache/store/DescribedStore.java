package io.github.llmcache.store;

/**
 * A {@link CacheStore} that reports more to operators than the name of its class.
 */
public interface DescribedStore extends CacheStore {

	/**
	 * Report what is used, and in what state it is.
	 * @return a few words, without addresses and credentials
	 */
	String describe();

}
