package io.github.llmcache.store;

/**
 * A {@link CacheStore} that remembers which entries other wordings of their prompts were
 * served. {@link #find} brings that along for a key that has no entry of its own.
 * <p>
 * An alias belongs to its entry. It is gone as soon as the entry expires, is removed,
 * evicted, regrouped or stored again, and as soon as an answer is stored for the wording
 * itself. It never counts as an entry.
 */
public interface AliasStore extends CacheStore {

	/** The most aliases that an entry has: the latest ones. */
	int MOST_ALIASES = 16;

	/**
	 * Remember what a wording was served. Does not wait for a server: it may take effect
	 * later, or not at all, and nothing is remembered if the entry has changed or the
	 * wording has an entry of its own by then.
	 * @param wording the address at which an entry of the wording would be
	 * @param alias the entry, one of the same partition
	 */
	void remember(CacheKey wording, Alias alias);

}
