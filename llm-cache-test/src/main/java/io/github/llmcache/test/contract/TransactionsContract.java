package io.github.llmcache.test.contract;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.github.llmcache.event.LlmCacheListener;
import io.github.llmcache.eviction.Evictions;
import io.github.llmcache.eviction.ImmediateEvictions;
import io.github.llmcache.eviction.PendingEvictions;
import io.github.llmcache.eviction.Transactions;
import io.github.llmcache.index.VectorIndexFactory;
import io.github.llmcache.store.CacheKey;
import io.github.llmcache.store.CacheStore;
import io.github.llmcache.store.EvictionSelector;
import io.github.llmcache.store.memory.MemoryCacheStore;
import io.github.llmcache.store.memory.MemoryLimits;
import io.github.llmcache.test.MutableClock;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What all {@link Transactions} must keep that know any.
 */
@Timeout(60)
public abstract class TransactionsContract {

	private static final String TASK = "prices";

	private static final CacheKey KEY = Entries.key(Entries.partition(TASK), "What does it cost?");

	private final MutableClock clock = new MutableClock();

	private final CacheStore store = new MemoryCacheStore(new MemoryLimits(100, 1 << 20),
			new VectorIndexFactory(1_000, Runnable::run), this.clock, LlmCacheListener.NO_OP);

	private final ImmediateEvictions evictions = evictions();

	/**
	 * The transactions under test; may be the same for every test.
	 * @return transactions
	 */
	protected abstract Transactions transactions();

	/**
	 * Do something within a transaction of this thread, which commits then.
	 * @param work what to do
	 */
	protected abstract void commit(Runnable work);

	/**
	 * Do something within a transaction of this thread, which is rolled back then.
	 * @param work what to do
	 */
	protected abstract void rollBack(Runnable work);

	@BeforeEach
	void storeAnEntry() {
		this.store.put(KEY, new Entries(this.clock).entry("What does it cost?"), this.store.find(KEY).generation());
		assertThat(isCached()).isTrue();
	}

	@Test
	void outsideOfATransactionNothingWaits() {
		assertThat(transactions().current(this.evictions)).isNull();
		assertThat(transactions().join(this.evictions)).isNull();
		evict();
		assertThat(isCached()).isFalse();
	}

	@Test
	void evictionWaitsForTheCommit() {
		commit(() -> {
			evict();
			assertThat(isCached()).isTrue();
		});
		assertThat(isCached()).isFalse();
	}

	@Test
	void rollbackEvictsNothing() {
		rollBack(this::evict);
		assertThat(isCached()).isTrue();
		evict();
		assertThat(isCached()).isFalse();
	}

	@Test
	void transactionIsKnownOnceSomebodyHasJoinedIt() {
		commit(() -> {
			assertThat(transactions().current(this.evictions)).isNull();
			PendingEvictions joined = joined(this.evictions);
			assertThat(transactions().current(this.evictions)).isSameAs(joined);
			assertThat(transactions().join(this.evictions)).isSameAs(joined);
		});
		assertThat(transactions().current(this.evictions)).isNull();
	}

	@Test
	void eachTransactionHasEvictionsOfItsOwn() {
		AtomicReference<PendingEvictions> first = new AtomicReference<>();
		rollBack(() -> {
			first.set(joined(this.evictions));
			evict();
		});
		commit(() -> {
			assertThat(transactions().current(this.evictions)).isNull();
			assertThat(joined(this.evictions)).isNotSameAs(first.get());
		});
		assertThat(isCached()).isTrue();
	}

	@Test
	void eachCacheHasEvictionsOfItsOwn() {
		ImmediateEvictions other = evictions();
		commit(() -> {
			PendingEvictions joined = joined(this.evictions);
			assertThat(transactions().current(other)).isNull();
			PendingEvictions joinedByOther = joined(other);
			assertThat(joinedByOther).isNotSameAs(joined);
			assertThat(joined.belongsTo(this.evictions)).isTrue();
			assertThat(joinedByOther.belongsTo(other)).isTrue();
			assertThat(transactions().current(this.evictions)).isSameAs(joined);
		});
	}

	@Test
	void transactionIsThatOfItsThread() {
		commit(() -> {
			joined(this.evictions);
			assertThat(onAnotherThread(() -> transactions().current(this.evictions) == null)).isTrue();
			assertThat(onAnotherThread(() -> transactions().join(this.evictions) == null)).isTrue();
			onAnotherThread(() -> {
				evict();
				return true;
			});
			assertThat(isCached()).isFalse();
		});
	}

	private PendingEvictions joined(ImmediateEvictions ofCache) {
		return Objects.requireNonNull(transactions().join(ofCache), "The transaction is not known");
	}

	private void evict() {
		new Evictions(this.evictions, transactions()).evictor().evict(EvictionSelector.all().withTask(TASK));
	}

	private boolean isCached() {
		return this.store.find(KEY).entry() != null;
	}

	private ImmediateEvictions evictions() {
		return new ImmediateEvictions(this.store, () -> {
		}, Runnable::run, (selector, eviction) -> eviction.getAsLong());
	}

	private static boolean onAnotherThread(Supplier<Boolean> action) {
		CompletableFuture<Boolean> result = new CompletableFuture<>();
		Thread thread = new Thread(() -> {
			try {
				result.complete(action.get());
			}
			catch (Throwable ex) {
				result.completeExceptionally(ex);
			}
		});
		thread.start();
		return result.join();
	}

}
