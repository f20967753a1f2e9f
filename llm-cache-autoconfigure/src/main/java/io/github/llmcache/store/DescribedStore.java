package io.github.llmcache.store;

/**
 * A {@link CacheStore} that describes itself to operators, rather than by the name of its
 * class.
 */
public interface DescribedStore extends CacheStore {

	/**
	 * Describe the store, and its state.
	 * @return a few words, without addresses and credentials
	 */
	String describe();

}
