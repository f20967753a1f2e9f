package io.github.llmcache.transaction;

import org.jspecify.annotations.Nullable;

import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

import io.github.llmcache.eviction.ImmediateEvictions;
import io.github.llmcache.eviction.PendingEvictions;
import io.github.llmcache.eviction.Transactions;

/**
 * The transactions of Spring's {@code PlatformTransactionManager}, which belong to a
 * thread.
 * <p>
 * A transaction manager without synchronization notifies nobody when its transactions
 * end, so they do not count.
 */
public final class SpringTransactions implements Transactions {

	@Override
	public @Nullable PendingEvictions current(ImmediateEvictions evictions) {
		if (!TransactionSynchronizationManager.isSynchronizationActive()) {
			return null;
		}
		for (TransactionSynchronization each : TransactionSynchronizationManager.getSynchronizations()) {
			if (each instanceof EvictionSynchronization own && own.pending().belongsTo(evictions)) {
				return own.pending();
			}
		}
		return null;
	}

	@Override
	public @Nullable PendingEvictions join(ImmediateEvictions evictions) {
		if (!TransactionSynchronizationManager.isActualTransactionActive()
				|| !TransactionSynchronizationManager.isSynchronizationActive()) {
			return null;
		}
		PendingEvictions known = current(evictions);
		if (known != null) {
			return known;
		}
		PendingEvictions begun = new PendingEvictions(evictions);
		TransactionSynchronizationManager.registerSynchronization(new EvictionSynchronization(begun));
		return begun;
	}

}
