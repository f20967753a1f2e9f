package io.github.llmcache.store.memory;

import io.github.llmcache.core.TestCaches;
import io.github.llmcache.store.EntryStore;
import io.github.llmcache.test.contract.EntryStoreContract;

/**
 * {@link MemoryCacheStore} shows what it keeps.
 */
class MemoryEntryContractTests extends EntryStoreContract {

	private final MemoryCacheStore store = TestCaches.store();

	@Override
	protected EntryStore store() {
		return this.store;
	}

}
