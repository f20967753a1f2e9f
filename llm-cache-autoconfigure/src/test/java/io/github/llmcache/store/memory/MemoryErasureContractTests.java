package io.github.llmcache.store.memory;

import io.github.llmcache.core.TestCaches;
import io.github.llmcache.store.ErasableStore;
import io.github.llmcache.test.contract.ErasableStoreContract;

/**
 * {@link MemoryCacheStore} keeps the contract of erasure.
 */
class MemoryErasureContractTests extends ErasableStoreContract {

	private final MemoryCacheStore store = TestCaches.store();

	@Override
	protected ErasableStore store() {
		return this.store;
	}

}
