package io.github.llmcache.store;

import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * A {@link CacheStore} that can forget a scope: not only the answers, as an eviction
 * does, but everything that belongs to the scope, and that it was ever there.
 */
public interface ErasableStore extends CacheStore {

	/**
	 * Erase everything that is kept of a scope, and look again whether anything is left.
	 * An answer whose load began before is not stored, and no instance serves one that
	 * was. If it fails, some of it may be left: erase again.
	 * @param scope the scope; what was stored without a scope cannot be erased by it
	 * @return what was erased, and what is left
	 * @throws IllegalArgumentException if the scope is empty
	 */
	Erasure erase(String scope);

	/**
	 * Be told of erasures by any instance, so that nothing is kept in memory of what was
	 * erased.
	 * @param listener is given what tells the partitions of the erased scopes. Called by
	 * any thread, and at once for what this instance erases
	 */
	void onErasure(Consumer<Predicate<Partition>> listener);

}
