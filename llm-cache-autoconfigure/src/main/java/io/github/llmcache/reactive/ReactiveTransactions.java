package io.github.llmcache.reactive;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.core.Ordered;
import org.springframework.transaction.NoTransactionException;
import org.springframework.transaction.reactive.TransactionSynchronization;
import org.springframework.transaction.reactive.TransactionSynchronizationManager;
import org.springframework.util.ClassUtils;

import io.github.llmcache.eviction.Evictions;
import io.github.llmcache.eviction.ImmediateEvictions;
import io.github.llmcache.eviction.PendingEvictions;

/**
 * The transactions of Spring's {@code ReactiveTransactionManager}, which belong to a
 * Reactor context.
 */
final class ReactiveTransactions {

	private static final boolean PRESENT = ClassUtils.isPresent(
			"org.springframework.transaction.reactive.TransactionSynchronizationManager",
			ReactiveTransactions.class.getClassLoader());

	private ReactiveTransactions() {
	}

	/**
	 * The evictions that the subscriber's transaction has put off, if there are any.
	 */
	static Mono<PendingEvictions> current(Evictions evictions) {
		return (PRESENT && evictions.isTransactional()) ? Spring.current(evictions.immediate()) : Mono.empty();
	}

	/**
	 * The evictions that the subscriber's transaction puts off, if there is a
	 * transaction.
	 */
	static Mono<PendingEvictions> join(Evictions evictions) {
		return (PRESENT && evictions.isTransactional()) ? Spring.join(evictions.immediate()) : Mono.empty();
	}

	/**
	 * Loaded only if Spring's transactions are on the classpath.
	 */
	private static final class Spring {

		private Spring() {
		}

		static Mono<PendingEvictions> current(ImmediateEvictions evictions) {
			return transaction().mapNotNull((transaction) -> find(transaction, evictions));
		}

		static Mono<PendingEvictions> join(ImmediateEvictions evictions) {
			return transaction().filter(TransactionSynchronizationManager::isActualTransactionActive)
				.map((transaction) -> {
					PendingEvictions known = find(transaction, evictions);
					if (known != null) {
						return known;
					}
					PendingEvictions begun = new PendingEvictions(evictions);
					transaction.registerSynchronization(new EvictionSynchronization(begun));
					return begun;
				});
		}

		private static Mono<TransactionSynchronizationManager> transaction() {
			return TransactionSynchronizationManager.forCurrentTransaction()
				.filter(TransactionSynchronizationManager::isSynchronizationActive)
				.onErrorComplete(NoTransactionException.class);
		}

		private static @Nullable PendingEvictions find(TransactionSynchronizationManager transaction,
				ImmediateEvictions evictions) {
			for (TransactionSynchronization each : transaction.getSynchronizations()) {
				if (each instanceof EvictionSynchronization own && own.pending().belongsTo(evictions)) {
					return own.pending();
				}
			}
			return null;
		}

	}

	/**
	 * Notifies pending evictions of what becomes of a transaction.
	 */
	private record EvictionSynchronization(PendingEvictions pending) implements TransactionSynchronization, Ordered {

		@Override
		public int getOrder() {
			return Ordered.HIGHEST_PRECEDENCE;
		}

		@Override
		public Mono<Void> suspend() {
			return Mono.fromRunnable(this.pending::suspended);
		}

		@Override
		public Mono<Void> afterCommit() {
			return Mono.fromFuture(this.pending::committedAsync, true);
		}

		/**
		 * The only callback for a synchronization that was registered after the commit. A
		 * transaction of unknown outcome may have committed.
		 */
		@Override
		public Mono<Void> afterCompletion(int status) {
			return (status == STATUS_ROLLED_BACK) ? Mono.fromRunnable(this.pending::rolledBack) : afterCommit();
		}

	}

}
