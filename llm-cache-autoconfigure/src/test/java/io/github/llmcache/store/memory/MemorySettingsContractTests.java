package io.github.llmcache.store.memory;

import io.github.llmcache.core.TestCaches;
import io.github.llmcache.store.SettingsStore;
import io.github.llmcache.test.contract.SettingsStoreContract;

/**
 * {@link MemoryCacheStore} keeps the contract of settings.
 */
class MemorySettingsContractTests extends SettingsStoreContract {

	private final MemoryCacheStore store = TestCaches.store();

	@Override
	protected SettingsStore store() {
		return this.store;
	}

}
