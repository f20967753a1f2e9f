package io.github.llmcache.transaction;

import io.github.llmcache.core.CacheStore;
import io.github.llmcache.core.TestCaches;

/**
 * Invalidations within transactions, with the embedded store.
 */
class MemoryTransactionalEvictionTests extends TransactionalEvictionContract {

	@Override
	CacheStore createStore() {
		return TestCaches.store();
	}

}
