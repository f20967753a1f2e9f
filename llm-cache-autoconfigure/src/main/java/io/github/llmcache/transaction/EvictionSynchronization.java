package io.github.llmcache.transaction;

import org.springframework.core.Ordered;
import org.springframework.transaction.support.TransactionSynchronization;

import io.github.llmcache.eviction.PendingEvictions;

/**
 * Notifies pending evictions of what becomes of a transaction.
 *
 * @param pending the evictions
 */
record EvictionSynchronization(PendingEvictions pending) implements TransactionSynchronization {

	/**
	 * The first place, so that what others do after the commit no longer finds the old
	 * answers.
	 */
	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

	@Override
	public void suspend() {
		this.pending.suspended();
	}

	@Override
	public void savepoint(Object savepoint) {
		this.pending.savepoint(savepoint);
	}

	@Override
	public void savepointRollback(Object savepoint) {
		this.pending.rolledBackTo(savepoint);
	}

	@Override
	public void afterCommit() {
		this.pending.committed();
	}

	/**
	 * The only callback for a synchronization that another one has registered after the
	 * commit. A transaction of unknown outcome may have committed.
	 */
	@Override
	public void afterCompletion(int status) {
		if (status == STATUS_ROLLED_BACK) {
			this.pending.rolledBack();
		}
		else {
			this.pending.committed();
		}
	}

}
