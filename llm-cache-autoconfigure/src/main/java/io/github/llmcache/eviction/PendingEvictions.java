package io.github.llmcache.eviction;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

import io.github.llmcache.key.CacheIdentity;
import io.github.llmcache.store.EvictionSelector;

/**
 * Evictions that one transaction has put off until it commits.
 * <p>
 * Whoever knows the transaction has to call {@link #committed()} or {@link #rolledBack()}
 * when it is over, and the former if its outcome is unknown. Safe for use by many
 * threads.
 */
public final class PendingEvictions {

	private final ImmediateEvictions evictions;

	private final Set<EvictionSelector> selectors = new LinkedHashSet<>();

	private final Map<Object, Integer> savepoints = new HashMap<>();

	private int suspensions;

	private boolean over;

	/**
	 * Begin for a transaction that has put nothing off yet.
	 * @param evictions carries out what it will put off
	 */
	public PendingEvictions(ImmediateEvictions evictions) {
		this.evictions = evictions;
	}

	/**
	 * Whether these are evictions of a certain cache.
	 * @param evictions the evictions of the cache
	 * @return {@code true} if they are
	 */
	public boolean belongsTo(ImmediateEvictions evictions) {
		return this.evictions == evictions;
	}

	/**
	 * Put an eviction off.
	 * @return {@code false} if the transaction is over
	 */
	synchronized boolean add(EvictionSelector selector) {
		if (!this.over) {
			this.selectors.add(selector);
		}
		return !this.over;
	}

	/**
	 * Whether answers to a question may be among those that will be evicted.
	 */
	synchronized boolean covers(CacheIdentity identity) {
		return this.selectors.stream()
			.anyMatch((selector) -> selector.matchesPartition(identity.task(), identity.model(), identity.template(),
					identity.scope()));
	}

	/**
	 * How often the transaction was suspended.
	 */
	synchronized int suspensions() {
		return this.suspensions;
	}

	/**
	 * The transaction is suspended: what is done next is not part of it.
	 */
	public synchronized void suspended() {
		this.suspensions++;
	}

	/**
	 * The transaction has a savepoint now.
	 * @param savepoint what identifies it
	 */
	public synchronized void savepoint(Object savepoint) {
		this.savepoints.put(savepoint, this.selectors.size());
	}

	/**
	 * The transaction was rolled back to a savepoint: evictions that were put off since
	 * then will not happen.
	 * @param savepoint what identifies it; if it is not known, it was there before
	 * anything was put off
	 */
	public synchronized void rolledBackTo(Object savepoint) {
		int kept = this.savepoints.getOrDefault(savepoint, 0);
		List.copyOf(this.selectors).stream().skip(kept).forEach(this.selectors::remove);
	}

	/**
	 * The transaction has committed: evict. The listener is notified of a failure, which
	 * is logged; what is put off from now on is not.
	 */
	public void committed() {
		end().forEach(this.evictions::attempt);
	}

	/**
	 * The transaction has committed: evict, without keeping this thread.
	 * @return complete when it has been tried
	 */
	public CompletableFuture<Void> committedAsync() {
		return CompletableFuture
			.allOf(end().stream().map(this.evictions::attemptAsync).toArray(CompletableFuture<?>[]::new));
	}

	/**
	 * The transaction was rolled back: evict nothing.
	 */
	public void rolledBack() {
		end();
	}

	private synchronized List<EvictionSelector> end() {
		List<EvictionSelector> asked = List.copyOf(this.selectors);
		this.selectors.clear();
		this.over = true;
		return asked;
	}

}
