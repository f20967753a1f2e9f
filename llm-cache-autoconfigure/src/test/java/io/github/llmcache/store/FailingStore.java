package io.github.llmcache.store;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A store whose operations fail one by one, as the test wants.
 */
public final class FailingStore implements SemanticCacheStore {

	private final SemanticCacheStore store;

	public boolean failFind;

	public boolean failPut;

	public boolean failSearch;

	public boolean failRemove;

	volatile @Nullable CacheKey lastStored;

	public FailingStore(SemanticCacheStore store) {
		this.store = store;
	}

	/**
	 * Let everything fail.
	 */
	public FailingStore failing() {
		this.failFind = true;
		this.failPut = true;
		this.failSearch = true;
		this.failRemove = true;
		return this;
	}

	/**
	 * Let nothing fail any more.
	 */
	public void recover() {
		this.failFind = false;
		this.failPut = false;
		this.failSearch = false;
		this.failRemove = false;
	}

	@Override
	public Finding find(CacheKey key) {
		check(this.failFind);
		return this.store.find(key);
	}

	@Override
	public boolean put(CacheKey key, CacheEntry entry, long generation) {
		check(this.failPut);
		this.lastStored = key;
		return this.store.put(key, entry, generation);
	}

	@Override
	public List<Candidate> findSimilar(Partition partition, float[] embedding, int limit, double minSimilarity) {
		check(this.failSearch);
		return this.store.findSimilar(partition, embedding, limit, minSimilarity);
	}

	@Override
	public boolean regroup(CacheKey key, String group, String newGroup, long generation) {
		check(this.failPut);
		return this.store.regroup(key, group, newGroup, generation);
	}

	@Override
	public void remove(CacheKey key) {
		check(this.failRemove);
		this.store.remove(key);
	}

	@Override
	public long evict(EvictionSelector selector) {
		check(this.failRemove);
		return this.store.evict(selector);
	}

	/**
	 * What an eviction does after it has raised the generation, for the last entry.
	 */
	public void finishEviction() {
		this.store.remove(this.lastStored);
	}

	@Override
	public Map<String, StoreUsage> usage() {
		return this.store.usage();
	}

	private static void check(boolean fail) {
		if (fail) {
			throw new IllegalStateException("connection to tenant-7 refused");
		}
	}

}
