package io.github.llmcache.test.contract;

import java.time.Clock;
import java.time.Duration;

import org.junit.jupiter.api.Test;

import io.github.llmcache.store.CacheKey;
import io.github.llmcache.store.EvictionSelector;
import io.github.llmcache.store.LeaseStore;
import io.github.llmcache.store.LeaseStore.Lease;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What every {@link LeaseStore} must keep.
 */
public abstract class LeaseStoreContract {

	private static final CacheKey KEY = Entries.key(Entries.partition("support"), "prompt");

	/** Longer than a test takes. */
	private static final Duration LONG = Duration.ofMinutes(10);

	private final Entries entries = new Entries(Clock.systemUTC());

	/**
	 * The store under test, empty.
	 * @return the same store during one test
	 */
	protected abstract LeaseStore store();

	/**
	 * Let time pass for the store.
	 * @param duration how much
	 */
	protected abstract void elapse(Duration duration);

	@Test
	void oneOwnerAtATimeMayLoad() {
		long generation = store().find(KEY).generation();
		assertThat(store().lease(KEY, generation, "a", LONG)).isEqualTo(Lease.GRANTED);
		assertThat(store().lease(KEY, generation, "b", LONG)).isEqualTo(Lease.HELD);
		assertThat(store().lease(KEY, generation, "a", LONG)).isEqualTo(Lease.GRANTED);
		CacheKey other = Entries.key(KEY.partition(), "other");
		assertThat(store().lease(other, generation, "b", LONG)).isEqualTo(Lease.GRANTED);
	}

	@Test
	void ownerAloneGivesALeaseBack() {
		long generation = store().find(KEY).generation();
		store().lease(KEY, generation, "a", LONG);
		store().release(KEY, "b");
		assertThat(store().lease(KEY, generation, "b", LONG)).isEqualTo(Lease.HELD);
		store().release(KEY, "a");
		assertThat(store().lease(KEY, generation, "b", LONG)).isEqualTo(Lease.GRANTED);
		store().release(Entries.key(KEY.partition(), "never leased"), "a");
	}

	@Test
	void leaseOfAnOwnerThatDiedEnds() {
		long generation = store().find(KEY).generation();
		store().lease(KEY, generation, "a", LONG);
		elapse(LONG.minusMinutes(1));
		assertThat(store().lease(KEY, generation, "b", LONG)).isEqualTo(Lease.HELD);
		elapse(Duration.ofMinutes(1));
		assertThat(store().lease(KEY, generation, "b", LONG)).isEqualTo(Lease.GRANTED);
	}

	@Test
	void storingTheAnswerEndsTheLease() {
		long generation = store().find(KEY).generation();
		store().lease(KEY, generation, "a", LONG);
		assertThat(store().put(KEY, this.entries.entry("prompt"), generation)).isTrue();
		assertThat(store().lease(KEY, generation, "b", LONG)).isEqualTo(Lease.STORED);
		store().remove(KEY);
		assertThat(store().lease(KEY, generation, "b", LONG)).isEqualTo(Lease.GRANTED);
	}

	@Test
	void ownerFromBeforeAnEvictionIsReplaced() {
		long old = store().find(KEY).generation();
		store().lease(KEY, old, "old", LONG);
		store().evict(EvictionSelector.all().withTask("support"));
		long generation = store().find(KEY).generation();
		assertThat(store().lease(KEY, generation, "new", LONG)).isEqualTo(Lease.GRANTED);
		assertThat(store().lease(KEY, old, "old", LONG)).isEqualTo(Lease.HELD);
	}

	@Test
	void answerBeyondItsTtlIsLoadedAgain() {
		long generation = store().find(KEY).generation();
		assertThat(store().put(KEY, this.entries.keptEntry("prompt", null), generation)).isTrue();
		elapse(Entries.TTL.minusMinutes(1));
		assertThat(store().lease(KEY, generation, "a", LONG)).isEqualTo(Lease.STORED);
		elapse(Duration.ofMinutes(1));
		assertThat(store().lease(KEY, generation, "a", LONG)).isEqualTo(Lease.GRANTED);
	}

}
