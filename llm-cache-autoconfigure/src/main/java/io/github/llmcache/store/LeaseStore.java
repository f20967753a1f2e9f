package io.github.llmcache.store;

import java.time.Duration;

/**
 * A {@link CacheStore} of several instances, which lets one of them load an answer while
 * the others wait.
 */
public interface LeaseStore extends CacheStore {

	/**
	 * Ask for the right to load an answer, or for more time. Storing the answer ends the
	 * lease.
	 * @param key where the answer will be stored
	 * @param generation the generation that {@link #find} returned; an older holder is
	 * replaced
	 * @param owner who asks; different for each load on any instance
	 * @param duration how long the lease lasts unless it is asked for again; positive
	 * @return what came of it
	 */
	Lease lease(CacheKey key, long generation, String owner, Duration duration);

	/**
	 * Give a lease back, if the owner still has it.
	 * @param key as it was asked for
	 * @param owner as it was asked for
	 */
	void release(CacheKey key, String owner);

	/**
	 * What came of asking.
	 */
	enum Lease {

		/** The owner may load. */
		GRANTED,

		/** Somebody else loads. */
		HELD,

		/** The answer is there, and not beyond its TTL. */
		STORED

	}

}
