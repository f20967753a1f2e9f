package io.github.llmcache.transaction;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

import io.github.llmcache.answer.Outcome;
import io.github.llmcache.event.LookupEvent;
import io.github.llmcache.store.CacheStore;
import io.github.llmcache.store.EvictionSelector;

import static io.github.llmcache.transaction.TransactionalApplication.PROMPT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Evictions that are asked for within a transaction: a database, a transaction manager
 * and two threads.
 */
@Timeout(60)
abstract class TransactionalEvictionContract {

	private static final Duration RACE = Duration.ofMillis(Long.getLong("llm-cache.transaction-race-millis", 1_000));

	private final ExecutorService otherThread = Executors.newSingleThreadExecutor();

	private final ApplicationContextRunner contextRunner = TransactionalApplication.runner(this::createStore);

	abstract CacheStore createStore();

	@AfterEach
	void stopTheOtherThread() {
		this.otherThread.shutdownNow();
	}

	@Test
	void answerOfBeforeTheCommitIsNotKept() {
		run((app) -> {
			app.inTransaction(() -> {
				app.prices().raise();
				assertThat(other(app::ask)).isEqualTo(1);
			});
			assertThat(other(app::ask)).isEqualTo(2);
		});
	}

	@Test
	void answerOfBeforeTheCommitThatIsReadyAfterItIsNotStored() {
		run((app) -> {
			CountDownLatch asked = new CountDownLatch(1);
			CountDownLatch committed = new CountDownLatch(1);
			CompletableFuture<Integer> answer = app.<CompletableFuture<Integer>>inTransaction(() -> {
				app.prices().raise();
				app.prices().beforeTheAnswer(() -> {
					asked.countDown();
					await(committed);
				});
				CompletableFuture<Integer> begun = CompletableFuture.supplyAsync(app::ask, this.otherThread);
				await(asked);
				return begun;
			});
			app.prices().beforeTheAnswer(() -> {
			});
			committed.countDown();
			assertThat(answer.join()).isEqualTo(1);
			assertThat(app.ask()).isEqualTo(2);
		});
	}

	@Test
	void rollbackEvictsNothing() {
		run((app) -> {
			app.ask();
			app.rolledBack(app.prices()::raise);
			app.prices().raiseOnly();
			assertThat(app.ask()).isEqualTo(1);
		});
	}

	@Test
	void othersAreServedWhatWasStoredUntilTheCommit() {
		run((app) -> {
			app.ask();
			app.inTransaction(() -> {
				app.prices().raise();
				assertThat(other(app::ask)).isEqualTo(1);
				assertThat(other(app::lookUp)).isEqualTo(Outcome.EXACT);
			});
			assertThat(other(app::ask)).isEqualTo(2);
		});
	}

	@Test
	void ownCallsSeeTheOwnChangeAndStoreNothing() {
		run((app) -> {
			app.ask();
			app.rolledBack(() -> {
				app.prices().raise();
				assertThat(app.ask()).isEqualTo(2);
				assertThat(app.events().lookups()).last()
					.extracting(LookupEvent::reason)
					.isEqualTo("uncommitted-eviction");
			});
			assertThat(app.ask()).isEqualTo(1);
		});
	}

	@Test
	void ownCallsOfOtherTasksAreServed() {
		run((app) -> {
			app.prices().askOther(PROMPT);
			app.inTransaction(() -> {
				app.prices().raise();
				assertThat(app.prices().askOther(PROMPT)).isEqualTo(1);
			});
			assertThat(app.prices().askOther(PROMPT)).isEqualTo(1);
		});
	}

	@Test
	void transactionOfTheMethodItselfIsOverWhenItEvicts() {
		run((app) -> {
			app.ask();
			app.prices().raiseInTransaction();
			assertThat(app.ask()).isEqualTo(2);
			app.inTransaction(app.prices()::raiseInTransaction);
			assertThat(app.ask()).isEqualTo(3);
		});
	}

	@Test
	void transactionOfItsOwnWithinAnotherOneEvictsAtOnce() {
		run((app) -> {
			app.ask();
			app.rolledBack(() -> {
				app.prices().raiseIndependently();
				assertThat(other(app::ask)).isEqualTo(2);
			});
			assertThat(app.ask()).isEqualTo(2);
		});
	}

	@Test
	void suspendedTransactionEvictsWhenItCommits() {
		run((app) -> {
			app.inTransaction(() -> {
				app.prices().raise();
				app.independently(() -> assertThat(app.ask()).isEqualTo(1));
			});
			assertThat(app.ask()).isEqualTo(2);
		});
	}

	@Test
	void rollbackToASavepointEvictsNothingOfWhatWasAskedForSince() {
		run((app) -> {
			app.ask();
			app.prices().askOther(PROMPT);
			app.inTransaction(() -> {
				app.cache().evict(EvictionSelector.task("other"));
				app.nested((status) -> {
					app.prices().raise();
					status.setRollbackOnly();
				});
				assertThat(app.ask()).isEqualTo(1);
			});
			app.prices().raiseOnly();
			assertThat(app.ask()).isEqualTo(1);
			assertThat(app.prices().askOther(PROMPT)).isEqualTo(2);
		});
	}

	@Test
	void nestedTransactionEvictsWhenTheOuterOneCommits() {
		run((app) -> {
			app.ask();
			app.inTransaction(() -> {
				app.nested((status) -> app.prices().raise());
				assertThat(other(app::ask)).isEqualTo(1);
			});
			assertThat(app.ask()).isEqualTo(2);
		});
	}

	@Test
	void evictionByTheEngineWaitsForTheCommit() {
		run((app) -> {
			app.ask();
			app.prices().askOther(PROMPT);
			app.inTransaction(() -> {
				app.prices().raiseOnly();
				assertThat(app.cache().evict(EvictionSelector.task("prices"))).isZero();
				assertThat(app.cache().evictAsync(EvictionSelector.task("other"))).isCompletedWithValue(0L);
				assertThat(other(app::ask)).isEqualTo(1);
			});
			assertThat(app.ask()).isEqualTo(2);
			assertThat(app.prices().askOther(PROMPT)).isEqualTo(2);
		});
	}

	@Test
	void evictionThatIsAskedForWhenTheTransactionHasCommittedTakesEffect() {
		run((app) -> {
			app.ask();
			app.inTransaction(() -> {
				app.prices().raiseOnly();
				app.afterCommit(() -> app.cache().evict(EvictionSelector.task("prices")));
			});
			assertThat(app.ask()).isEqualTo(2);
			app.inTransaction(() -> {
				app.cache().evict(EvictionSelector.task("other"));
				app.prices().raiseOnly();
				app.afterCommit(() -> app.cache().evict(EvictionSelector.task("prices")));
			});
			assertThat(app.ask()).isEqualTo(3);
		});
	}

	@Test
	void callsAfterTheCommitFindNothingOld() {
		run((app) -> {
			app.ask();
			app.inTransaction(() -> {
				app.afterCommit(() -> assertThat(app.ask()).isEqualTo(2));
				app.prices().raise();
			});
			assertThat(app.ask()).isEqualTo(2);
		});
	}

	@Test
	void evictionBeforeTheInvocationHoldsIfTheMethodFails() {
		run((app) -> {
			app.ask();
			app.inTransaction(() -> assertThatIllegalStateException().isThrownBy(app.prices()::raiseAndFail));
			assertThat(app.ask()).isEqualTo(2);
		});
	}

	@Test
	void futureEvictsWhenItIsCompleteAndAfterTheCommit() {
		run((app) -> {
			app.ask();
			CompletableFuture<String> done = new CompletableFuture<>();
			app.inTransaction(() -> {
				CompletableFuture<String> result = app.prices().raiseLater(done);
				this.otherThread.submit(() -> done.complete("done"));
				result.join();
				assertThat(other(app::ask)).isEqualTo(1);
				assertThat(app.prices().askLater(PROMPT).join()).isEqualTo(1);
			});
			assertThat(app.ask()).isEqualTo(2);
		});
	}

	@Test
	void evictionAtOnceDoesNotWaitForTheCommit() {
		run((app) -> {
			app.ask();
			app.rolledBack(() -> {
				app.prices().raiseAtOnce();
				assertThat(other(app::lookUp)).isEqualTo(Outcome.MISS);
			});
			app.rolledBack(() -> assertThat(app.cache().evictNow(EvictionSelector.all())).isOne());
			assertThat(app.lookUp()).isEqualTo(Outcome.MISS);
		});
	}

	@Test
	void propertyLetsNoEvictionWait() {
		run(this.contextRunner.withPropertyValues("llm-cache.evict-after-commit=false"), (app) -> {
			app.ask();
			app.rolledBack(app.prices()::raise);
			app.prices().raiseOnly();
			assertThat(app.ask()).isEqualTo(2);
		});
	}

	@Test
	void transactionOfWhichNobodyKnowsHowItEndedEvicts() {
		run((app) -> {
			app.ask();
			app.inTransaction(() -> {
				app.prices().raise();
				TransactionSynchronizationManager.getSynchronizations()
					.forEach((each) -> each.afterCompletion(TransactionSynchronization.STATUS_UNKNOWN));
				assertThat(other(app::lookUp)).isEqualTo(Outcome.MISS);
			});
		});
	}

	@Test
	void nothingOldIsServedAfterACommit() {
		run((app) -> {
			AtomicInteger committed = new AtomicInteger(1);
			AtomicInteger stale = new AtomicInteger();
			ExecutorService threads = Executors.newFixedThreadPool(4);
			long end = System.nanoTime() + RACE.toNanos();
			List<CompletableFuture<Void>> running = new ArrayList<>();
			for (int thread = 0; thread < 3; thread++) {
				running.add(CompletableFuture.runAsync(() -> {
					while (System.nanoTime() < end) {
						int oldest = committed.get();
						int answer = app.prices().ask("prompt " + ThreadLocalRandom.current().nextInt(4));
						stale.addAndGet((answer < oldest) ? 1 : 0);
					}
				}, threads));
			}
			running.add(CompletableFuture.runAsync(() -> {
				while (System.nanoTime() < end) {
					app.rolledBack(app.prices()::raise);
					committed.set(app.inTransaction(() -> {
						app.prices().raise();
						return app.prices().version();
					}));
				}
			}, threads));
			running.forEach(CompletableFuture::join);
			threads.shutdown();
			assertThat(app.events().lookups()).extracting(LookupEvent::outcome).contains(Outcome.EXACT);
			assertThat(stale).as("stale answers, %d commits", committed.get()).hasValue(0);
		});
	}

	private <T> T other(Supplier<T> action) {
		return CompletableFuture.supplyAsync(action, this.otherThread).join();
	}

	private static void await(CountDownLatch latch) {
		try {
			assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private void run(Consumer<TransactionalApplication> test) {
		run(this.contextRunner, test);
	}

	private static void run(ApplicationContextRunner runner, Consumer<TransactionalApplication> test) {
		runner.run((context) -> test.accept(new TransactionalApplication(context)));
	}

}
