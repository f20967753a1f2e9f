package io.github.llmcache.store.memory;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.github.llmcache.core.CacheEntry;
import io.github.llmcache.core.CacheKey;
import io.github.llmcache.core.CacheStore.StoreUsage;
import io.github.llmcache.core.Entries;
import io.github.llmcache.core.EvictionEvent;
import io.github.llmcache.core.EvictionEvent.Cause;
import io.github.llmcache.core.EvictionSelector;
import io.github.llmcache.core.LlmCacheListener;
import io.github.llmcache.core.MutableClock;
import io.github.llmcache.core.Partition;
import io.github.llmcache.index.VectorIndexFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link MemoryCacheStore}, beyond its contract.
 */
class MemoryCacheStoreTests {

	private static final Partition PARTITION = Entries.partition("support");

	private final MutableClock clock = new MutableClock();

	private final Entries entries = new Entries(this.clock);

	private final List<EvictionEvent> evictions = new ArrayList<>();

	@Test
	void entriesNeverExceedTheirNumber() {
		MemoryCacheStore store = store(100, 100 << 20);
		for (int i = 0; i < 1_000; i++) {
			put(store, PARTITION, this.entries.entry("prompt " + i, Entries.vector(i)));
			assertThat(usage(store).entries()).isLessThanOrEqualTo(100);
		}
		assertThat(usage(store).entries()).isGreaterThanOrEqualTo(95);
	}

	@Test
	void entriesNeverExceedTheirMemory() {
		MemoryCacheStore store = store(10_000, 1 << 20);
		for (int i = 0; i < 1_000; i++) {
			String answer = "x".repeat(100 + (i % 10) * 1_000);
			put(store, PARTITION, this.entries.entry("prompt " + i, answer, Entries.vector(i), Set.of()));
			assertThat(usage(store).bytes()).isLessThanOrEqualTo(1 << 20);
		}
		assertThat(usage(store).bytes()).isGreaterThanOrEqualTo(900_000);
	}

	@Test
	void memoryOfSmallEntriesIsBoundedToo() {
		MemoryCacheStore store = store(10_000, 1 << 20);
		for (int i = 0; i < 5_000; i++) {
			put(store, PARTITION, this.entries.entry("p" + i, "a", Entries.vector(i), Set.of()));
		}
		assertThat(usage(store).bytes()).isBetween(900_000L, 1L << 20);
	}

	@Test
	void entryLargerThanTheMemoryIsNotKept() {
		MemoryCacheStore store = store(10, 10_000);
		put(store, PARTITION, this.entries.entry("large", "x".repeat(20_000), Entries.vector(0), Set.of()));
		assertThat(store.find(Entries.key(PARTITION, "large")).entry()).isNull();
		assertThat(store.findSimilar(PARTITION, Entries.vector(0), 5, -1)).isEmpty();
		assertThat(store.usage()).isEmpty();
		assertThat(this.evictions).containsExactly(new EvictionEvent("support", Cause.CAPACITY, 1));
	}

	@Test
	void everyEvictionForCapacityIsTold() {
		MemoryCacheStore store = store(100, 100 << 20);
		for (int i = 0; i < 1_000; i++) {
			put(store, (i % 2 == 0) ? PARTITION : Entries.partition("other"), this.entries.entry("prompt " + i));
		}
		Map<String, StoreUsage> usage = store.usage();
		assertThat(told("support", Cause.CAPACITY)).isEqualTo(500 - usage.get("support").entries());
		assertThat(told("other", Cause.CAPACITY)).isEqualTo(500 - usage.get("other").entries());
		assertThat(this.evictions).allMatch((event) -> event.cause() == Cause.CAPACITY);
	}

	@Test
	void entryEvictedForCapacityIsNoCandidateAnyMore() {
		MemoryCacheStore store = store(10, 100 << 20);
		for (int i = 0; i < 100; i++) {
			put(store, PARTITION, this.entries.entry("prompt " + i, Entries.vector(i)));
		}
		assertThat(store.findSimilar(PARTITION, Entries.vector(0), 100, -1)).hasSize((int) usage(store).entries());
	}

	@Test
	void expiryIsTold() {
		MemoryCacheStore store = store(100, 1 << 20);
		put(store, PARTITION, this.entries.entry("one", Entries.vector(0)));
		put(store, PARTITION, this.entries.entry("two", Entries.vector(0)));
		this.clock.advance(Entries.TTL.plusMinutes(1));
		assertThat(store.usage()).isEmpty();
		assertThat(this.evictions).containsExactly(new EvictionEvent("support", Cause.EXPIRED, 2));
	}

	@Test
	void invalidationIsToldByTask() {
		MemoryCacheStore store = store(100, 1 << 20);
		put(store, PARTITION, this.entries.entry("one"));
		put(store, PARTITION, this.entries.entry("two"));
		put(store, Entries.partition("other"), this.entries.entry("three"));
		store.evict(EvictionSelector.all());
		assertThat(this.evictions).containsExactlyInAnyOrder(new EvictionEvent("support", Cause.INVALIDATED, 2),
				new EvictionEvent("other", Cause.INVALIDATED, 1));
	}

	@Test
	void replacementIsNoEviction() {
		MemoryCacheStore store = store(100, 1 << 20);
		put(store, PARTITION, this.entries.entry("prompt", "first"));
		put(store, PARTITION, this.entries.entry("prompt", "second"));
		store.usage();
		assertThat(this.evictions).isEmpty();
	}

	@Test
	void usageReturnsToNothing() {
		MemoryCacheStore store = store(1_000, 1 << 20);
		for (int round = 0; round < 3; round++) {
			for (int i = 0; i < 100; i++) {
				put(store, PARTITION, this.entries.entry("prompt " + i, "x".repeat(i + round), Entries.vector(i),
						Set.of("tag" + i % 2)));
			}
			store.remove(Entries.key(PARTITION, "prompt 7"));
			store.evict(EvictionSelector.all().withTag("tag0"));
			assertThat(usage(store).entries()).isEqualTo(49);
			store.evict(EvictionSelector.all().withPromptPattern("prompt*"));
			assertThat(store.usage()).isEmpty();
		}
		put(store, PARTITION, this.entries.entry("prompt", "answer"));
		assertThat(usage(store))
			.isEqualTo(new StoreUsage(1, MemoryLimits.bytesOf(this.entries.entry("prompt", "answer"))));
	}

	@Test
	void forgottenPartitionAcceptsNoAnswerComputedBefore() {
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
					put(store, Entries.partition("told"), MemoryCacheStoreTests.this.entries.entry("told"));
					store.evict(EvictionSelector.task("told"));
				}
			}

		};
		MemoryCacheStore store = new MemoryCacheStore(new MemoryLimits(10, 1 << 20), indexes(), this.clock, listener);
		reference.set(store);
		for (int i = 0; i < 100; i++) {
			put(store, PARTITION, this.entries.entry("prompt " + i, Entries.vector(i)));
		}
		assertThat(told("support", Cause.CAPACITY)).isBetween(85L, 100L);
	}

	@Test
	@Timeout(20)
	void invalidationInTheMiddleOfStoringWins() throws Exception {
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
		this.clock.advance(Duration.ofSeconds(-30));
		assertThat(store.find(Entries.key(PARTITION, "prompt")).entry()).isNotNull();
	}

	@Test
	void limitsThatCannotHoldAreRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> new MemoryLimits(0, 100)).withMessageContaining("0");
		assertThatIllegalArgumentException().isThrownBy(() -> new MemoryLimits(100, 99)).withMessageContaining("99");
	}

	private MemoryCacheStore store(long maxEntries, long maxBytes) {
		return new MemoryCacheStore(new MemoryLimits(maxEntries, maxBytes), indexes(), this.clock,
				new LlmCacheListener() {

					@Override
					public void onEviction(EvictionEvent event) {
						MemoryCacheStoreTests.this.evictions.add(event);
					}

				});
	}

	private static VectorIndexFactory indexes() {
		return new VectorIndexFactory(1_000, Runnable::run);
	}

	private static void put(MemoryCacheStore store, Partition partition, CacheEntry entry) {
		CacheKey key = Entries.key(partition, entry.prompt());
		assertThat(store.put(key, entry, store.find(key).generation())).isTrue();
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

	private static StoreUsage usage(MemoryCacheStore store) {
		return store.usage().values().stream().findFirst().orElseThrow();
	}

	private long told(String task, Cause cause) {
		return this.evictions.stream()
			.filter((event) -> event.task().equals(task) && event.cause() == cause)
			.mapToLong(EvictionEvent::entries)
			.sum();
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
