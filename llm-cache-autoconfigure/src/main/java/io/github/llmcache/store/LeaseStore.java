package io.github.llmcache.store;

import java.time.Duration;

/**
 * A {@link CacheStore} that several instances share, and that lets one of them load an
 * answer while the others wait.
 */
public interface LeaseStore extends CacheStore {

	/**
	 * Request the right to load an answer, or more time for it. Storing the answer ends
	 * the lease.
	 * @param key where the answer will be stored
	 * @param generation the generation that {@link #find} returned; a holder with an
	 * older one is replaced
	 * @param owner identifies the request; different for each load on any instance
	 * @param duration how long the lease lasts unless it is requested again; positive
	 * @return whether the lease was granted
	 */
	Lease lease(CacheKey key, long generation, String owner, Duration duration);

	/**
	 * Give a lease back if the owner still holds it.
	 * @param key as in the request
	 * @param owner as in the request
	 */
	void release(CacheKey key, String owner);

	/**
	 * The outcome of a request.
	 */
	enum Lease {

		/** The owner may load. */
		GRANTED,

		/** Another owner is loading the answer. */
		HELD,

		/** The answer is already stored, and not beyond its TTL. */
		STORED

	}

}
