package io.github.llmcache.transaction;

import io.github.llmcache.core.TestCaches;
import io.github.llmcache.store.CacheStore;

/**
 * Evictions within transactions, with the embedded store.
 */
class MemoryTransactionalEvictionTests extends TransactionalEvictionContract {

	@Override
	CacheStore createStore() {
		return TestCaches.store();
	}

}
