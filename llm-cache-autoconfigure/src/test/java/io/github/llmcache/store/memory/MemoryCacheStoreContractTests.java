package io.github.llmcache.store.memory;

import io.github.llmcache.event.LlmCacheListener;
import io.github.llmcache.index.VectorIndexFactory;
import io.github.llmcache.store.SemanticCacheStore;
import io.github.llmcache.test.MutableClock;
import io.github.llmcache.test.contract.SemanticCacheStoreContract;

/**
 * {@link MemoryCacheStore} keeps the contract.
 */
class MemoryCacheStoreContractTests extends SemanticCacheStoreContract {

	@Override
	protected SemanticCacheStore createStore(MutableClock clock) {
		return new MemoryCacheStore(new MemoryLimits(10_000, 64 << 20), new VectorIndexFactory(1_000, Runnable::run),
				clock, LlmCacheListener.NO_OP);
	}

}
