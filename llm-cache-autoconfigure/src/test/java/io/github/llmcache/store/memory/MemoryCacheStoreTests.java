package io.github.llmcache.store.memory;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.github.llmcache.event.EvictionEvent;
import io.github.llmcache.event.EvictionEvent.Cause;
import io.github.llmcache.event.LlmCacheListener;
import io.github.llmcache.store.CacheKey;
import io.github.llmcache.store.EvictionSelector;
import io.github.llmcache.test.contract.Entries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link MemoryCacheStore}, beyond its contract and its bounds.
 */
class MemoryCacheStoreTests extends MemoryCacheStoreFixture {

	@Test
	void forgottenPartitionAcceptsNoAnswerLoadedBefore() {
		MemoryCacheStore store = store(10, 1 << 20);
		CacheKey key = Entries.key(PARTITION, "prompt");
		long before = store.find(key).generation();
		visitOtherPartitions(store, 100);
		store.evict(EvictionSelector.all());
		assertThat(store.put(key, this.entries.entry("prompt"), before)).isFalse();
		assertThat(store.find(key).generation()).isNotEqualTo(before);
		assertThat(store.put(key, this.entries.entry("prompt"), before)).isFalse();
		assertThat(store.find(key).entry()).isNull();
	}

	@Test
	void partitionWithEntriesIsNotForgotten() {
		MemoryCacheStore store = store(10, 1 << 20);
		CacheKey key = Entries.key(PARTITION, "prompt");
		put(store, PARTITION, this.entries.entry("prompt", Entries.vector(0)));
		long generation = store.find(key).generation();
		visitOtherPartitions(store, 100);
		assertThat(store.find(key).entry()).isNotNull();
		assertThat(store.find(key).generation()).isEqualTo(generation);
		assertThat(store.findSimilar(PARTITION, Entries.vector(0), 1, 0.9)).hasSize(1);
	}

	@Test
	void lookupReadsTheClockOnce() {
		AtomicInteger read = new AtomicInteger();
		MemoryCacheStore store = new MemoryCacheStore(new MemoryLimits(10, 1 << 20), indexes(),
				new HookedClock(this.clock, read::incrementAndGet), LlmCacheListener.NO_OP);
		put(store, PARTITION, this.entries.entry("prompt"));
		read.set(0);
		assertThat(store.find(Entries.key(PARTITION, "prompt")).entry()).isNotNull();
		assertThat(read).hasValue(1);
	}

	@Test
	void timeThatPassesWithoutCallsCounts() {
		MemoryCacheStore store = store(10, 1 << 20);
		put(store, PARTITION, this.entries.entry("early"));
		this.clock.advance(Duration.ofDays(1));
		assertThat(store.usage()).isEmpty();
		assertThat(reported("support", Cause.EXPIRED)).isOne();
		CacheKey late = Entries.key(PARTITION, "late");
		long generation = store.find(late).generation();
		this.clock.advance(Duration.ofDays(1));
		assertThat(store.put(late, this.entries.entry("late"), generation)).isTrue();
		assertThat(store.usage()).as("expires a TTL after it was stored").hasSize(1);
		assertThat(reported("support", Cause.EXPIRED)).isOne();
	}

	@Test
	@Timeout(20)
	void listenerMayUseTheStore() {
		AtomicReference<MemoryCacheStore> reference = new AtomicReference<>();
		LlmCacheListener listener = new LlmCacheListener() {

			@Override
			public void onEviction(EvictionEvent event) {
				MemoryCacheStoreTests.this.evictions.add(event);
				if (event.task().equals("support")) {
					MemoryCacheStore store = reference.get();
					store.usage();
					store.find(Entries.key(PARTITION, "prompt 0"));
					put(store, Entries.partition("reported"), MemoryCacheStoreTests.this.entries.entry("reported"));
					store.evict(EvictionSelector.task("reported"));
				}
			}

		};
		MemoryCacheStore store = new MemoryCacheStore(new MemoryLimits(10, 1 << 20), indexes(), this.clock, listener);
		reference.set(store);
		for (int i = 0; i < 100; i++) {
			put(store, PARTITION, this.entries.entry("prompt " + i, Entries.vector(i)));
		}
		assertThat(reported("support", Cause.CAPACITY)).isBetween(85L, 100L);
	}

	@Test
	@Timeout(20)
	void evictionInTheMiddleOfStoringWins() throws Exception {
		AtomicReference<Runnable> onTimeRead = new AtomicReference<>(() -> {
		});
		Clock hooked = new HookedClock(this.clock, () -> onTimeRead.get().run());
		MemoryCacheStore store = new MemoryCacheStore(new MemoryLimits(10, 1 << 20), indexes(), hooked,
				LlmCacheListener.NO_OP);
		CacheKey key = Entries.key(PARTITION, "prompt");
		long generation = store.find(key).generation();
		CountDownLatch evicted = new CountDownLatch(1);
		Thread evicting = new Thread(() -> {
			store.evict(EvictionSelector.all());
			evicted.countDown();
		});
		onTimeRead.set(() -> {
			onTimeRead.set(() -> {
			});
			evicting.start();
			await(evicted);
		});
		store.put(key, this.entries.entry("prompt"), generation);
		evicting.join();
		assertThat(store.find(key).entry()).isNull();
	}

	@Test
	void clockThatGoesBackKeepsEntries() {
		MemoryCacheStore store = store(100, 1 << 20);
		put(store, PARTITION, this.entries.entry("prompt"));
		this.clock.set(this.clock.instant().minusSeconds(30));
		assertThat(store.find(Entries.key(PARTITION, "prompt")).entry()).isNotNull();
	}

	@Test
	void limitsThatCannotHoldAreRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> new MemoryLimits(0, 100)).withMessageContaining("0");
		assertThatIllegalArgumentException().isThrownBy(() -> new MemoryLimits(100, 99)).withMessageContaining("99");
	}

	private static void visitOtherPartitions(MemoryCacheStore store, int count) {
		for (int i = 0; i < count; i++) {
			store.find(Entries.key(Entries.partition("visited " + i), "prompt"));
		}
	}

	/**
	 * Waits for what an atomic put does not let happen.
	 */
	private static void await(CountDownLatch latch) {
		try {
			latch.await(300, TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static final class HookedClock extends Clock {

		private final Clock clock;

		private final Runnable hook;

		HookedClock(Clock clock, Runnable hook) {
			this.clock = clock;
			this.hook = hook;
		}

		@Override
		public Instant instant() {
			this.hook.run();
			return this.clock.instant();
		}

		@Override
		public ZoneId getZone() {
			return this.clock.getZone();
		}

		@Override
		public Clock withZone(ZoneId zone) {
			return new HookedClock(this.clock.withZone(zone), this.hook);
		}

	}

}
