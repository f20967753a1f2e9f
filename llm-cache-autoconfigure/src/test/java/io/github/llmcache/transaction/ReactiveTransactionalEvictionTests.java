package io.github.llmcache.transaction;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.reactive.AbstractReactiveTransactionManager;
import org.springframework.transaction.reactive.GenericReactiveTransaction;
import org.springframework.transaction.reactive.TransactionSynchronizationManager;
import org.springframework.transaction.reactive.TransactionalOperator;
import org.springframework.transaction.support.DefaultTransactionDefinition;

import io.github.llmcache.annotation.LlmCacheEvict;
import io.github.llmcache.annotation.LlmCached;
import io.github.llmcache.autoconfigure.LlmCacheAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Evictions within transactions of a Reactor context.
 */
@Timeout(60)
class ReactiveTransactionalEvictionTests {

	private static final String PROMPT = "What does it cost?";

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(LlmCacheAutoConfiguration.class))
		.withPropertyValues("llm-cache.semantic.enabled=false")
		.withBean(Prices.class);

	private final TransactionalOperator transaction = TransactionalOperator.create(new NothingToManage());

	@Test
	void evictionWaitsForTheCommit() {
		run((prices) -> {
			prices.ask(PROMPT).block();
			prices.raise()
				.then(Mono.fromSupplier(() -> prices.ask(PROMPT).block()).subscribeOn(Schedulers.boundedElastic()))
				.doOnNext((other) -> assertThat(other).isEqualTo(1))
				.as(this.transaction::transactional)
				.block();
			assertThat(prices.ask(PROMPT).block()).isEqualTo(2);
		});
	}

	@Test
	void fluxEvictsAfterTheCommit() {
		run((prices) -> {
			prices.ask(PROMPT).block();
			prices.raiseTwice().as(this.transaction::transactional).blockLast();
			assertThat(prices.ask(PROMPT).block()).isEqualTo(3);
		});
	}

	@Test
	void rollbackEvictsNothing() {
		run((prices) -> {
			prices.ask(PROMPT).block();
			this.transaction.execute((status) -> {
				status.setRollbackOnly();
				return prices.raise();
			}).blockLast();
			assertThat(prices.ask(PROMPT).block()).isEqualTo(1);
		});
	}

	@Test
	void ownCallsBypassTheCache() {
		run((prices) -> {
			prices.ask(PROMPT).block();
			Integer own = this.transaction.execute((status) -> {
				status.setRollbackOnly();
				return prices.raiseFirst().then(prices.ask(PROMPT));
			}).blockLast();
			assertThat(own).isEqualTo(2);
			assertThat(prices.ask(PROMPT).block()).isEqualTo(1);
		});
	}

	@Test
	void suspendedTransactionEvictsAtOnceWhatAnotherOneHasCommitted() {
		DefaultTransactionDefinition requiresNew = new DefaultTransactionDefinition(
				TransactionDefinition.PROPAGATION_REQUIRES_NEW);
		TransactionalOperator independent = TransactionalOperator.create(new NothingToManage(), requiresNew);
		run((prices) -> {
			prices.ask(PROMPT).block();
			this.transaction.execute((status) -> {
				status.setRollbackOnly();
				return prices.raiseWithin(independent);
			}).blockLast();
			assertThat(prices.ask(PROMPT).block()).isEqualTo(2);
		});
	}

	private void run(Consumer<Prices> test) {
		this.contextRunner.run((context) -> test.accept(context.getBean(Prices.class)));
	}

	static class Prices {

		private final AtomicInteger version = new AtomicInteger(1);

		@LlmCached("prices")
		public Mono<Integer> ask(String prompt) {
			return Mono.fromSupplier(this.version::get);
		}

		@LlmCacheEvict("prices")
		public Mono<Integer> raise() {
			return Mono.fromSupplier(this.version::incrementAndGet);
		}

		@LlmCacheEvict(task = "prices", beforeInvocation = true)
		public Mono<Integer> raiseFirst() {
			return Mono.fromSupplier(this.version::incrementAndGet);
		}

		@LlmCacheEvict("prices")
		public Flux<Integer> raiseTwice() {
			return Mono.fromSupplier(this.version::incrementAndGet).repeat(1);
		}

		@LlmCacheEvict("prices")
		public Mono<Integer> raiseWithin(TransactionalOperator transaction) {
			return Mono.fromSupplier(this.version::incrementAndGet).as(transaction::transactional);
		}

	}

	/**
	 * Spring's own handling of reactive transactions, without a database.
	 */
	private static final class NothingToManage extends AbstractReactiveTransactionManager {

		private static final Object BEGUN = new Object();

		@Override
		protected Object doGetTransaction(TransactionSynchronizationManager manager) {
			return manager;
		}

		@Override
		protected boolean isExistingTransaction(Object transaction) {
			return ((TransactionSynchronizationManager) transaction).hasResource(BEGUN);
		}

		@Override
		protected Mono<Void> doBegin(TransactionSynchronizationManager manager, Object transaction,
				TransactionDefinition definition) {
			return Mono.fromRunnable(() -> manager.bindResource(BEGUN, BEGUN));
		}

		@Override
		protected Mono<Object> doSuspend(TransactionSynchronizationManager manager, Object transaction) {
			return Mono.fromSupplier(() -> manager.unbindResource(BEGUN));
		}

		@Override
		protected Mono<Void> doResume(TransactionSynchronizationManager manager, @Nullable Object transaction,
				Object suspended) {
			return Mono.fromRunnable(() -> manager.bindResource(BEGUN, suspended));
		}

		@Override
		protected Mono<Void> doCommit(TransactionSynchronizationManager manager, GenericReactiveTransaction status) {
			return Mono.empty();
		}

		@Override
		protected Mono<Void> doRollback(TransactionSynchronizationManager manager, GenericReactiveTransaction status) {
			return Mono.empty();
		}

		@Override
		protected Mono<Void> doSetRollbackOnly(TransactionSynchronizationManager manager,
				GenericReactiveTransaction status) {
			return Mono.empty();
		}

		@Override
		protected Mono<Void> doCleanupAfterCompletion(TransactionSynchronizationManager manager, Object transaction) {
			return Mono.fromRunnable(() -> manager.unbindResourceIfPossible(BEGUN));
		}

	}

}
