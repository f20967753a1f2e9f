package io.github.llmcache.store.memory;

import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.github.llmcache.event.EvictionEvent;
import io.github.llmcache.event.EvictionEvent.Cause;
import io.github.llmcache.event.LlmCacheListener;
import io.github.llmcache.index.VectorIndexFactory;
import io.github.llmcache.store.CacheStore.StoreUsage;
import io.github.llmcache.store.EvictionSelector;
import io.github.llmcache.test.contract.Entries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link MemoryCacheStore}: how much it keeps, and what it reports about it.
 */
class MemoryCacheStoreBoundsTests extends MemoryCacheStoreFixture {

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
	void tagsCount() {
		MemoryCacheStore store = store(10_000, 1 << 20);
		for (int i = 0; i < 1_000; i++) {
			put(store, PARTITION, this.entries.entry("p" + i, "a", null, Set.of(i + "x".repeat(10_000))));
		}
		assertThat(usage(store).entries()).isBetween(40L, 52L);
	}

	@Tag("thorough")
	@Test
	void vectorsTakeNoMoreThanIsToldWhereTheyAreScanned() {
		MemoryCacheStore store = new MemoryCacheStore(new MemoryLimits(1_000_000, 1L << 30),
				new VectorIndexFactory(1_000_000, Runnable::run), this.clock, LlmCacheListener.NO_OP);
		long before = usedHeap();
		for (int i = 0; i < 4_500; i++) {
			float[] vector = new float[1_536];
			vector[i % vector.length] = 1;
			put(store, PARTITION, this.entries.entry("prompt " + i, vector));
		}
		long used = usedHeap() - before;
		assertThat(used).isLessThan(usage(store).bytes() + (4 << 20)).isGreaterThan(4_500L * 4 * 1_536);
	}

	@Tag("thorough")
	@Test
	void longScopesModelsAndTemplatesTakeNoMoreThanIsTold() {
		int count = Integer.getInteger("llm-cache.memory.scopes", 5_000);
		MemoryCacheStore store = store(1_000_000, 1L << 30);
		long before = usedHeap();
		for (int i = 0; i < count; i++) {
			String text = i + "x".repeat(4_000);
			put(store, Entries.partition("support", "model " + text, "template " + text, "scope " + text),
					this.entries.entry("prompt", Entries.vector(0)));
		}
		long used = usedHeap() - before;
		long reported = usage(store).bytes();
		assertThat(store.evict(EvictionSelector.all().withScope("scope 0" + "x".repeat(4_000)))).isOne();
		assertThat(store.evict(EvictionSelector.all())).isEqualTo(count - 1);
		assertThat(used).isLessThan(reported + (4 << 20));
		await().untilAsserted(() -> assertThat(usedHeap() - before).isLessThan(4 << 20));
		System.out.println(count + " long scopes, models and templates: " + used / 1_000 + " KB used, "
				+ reported / 1_000 + " KB reported, " + (usedHeap() - before) / 1_000 + " KB after their eviction");
		assertThat(store.usage()).isEmpty();
	}

	@Tag("thorough")
	@Test
	void partitionsThatExpiredAreForgotten() {
		MemoryCacheStore store = store(100_000, 10 << 20);
		long before = usedHeap();
		for (int round = 0; round < 10; round++) {
			for (int i = 0; i < 2_000; i++) {
				put(store, Entries.partition(round + " support " + i), this.entries.entry("prompt"));
			}
			this.clock.advance(Entries.TTL.plusMinutes(1));
			assertThat(store.usage()).isEmpty();
		}
		assertThat(usedHeap() - before).isLessThan(8 << 20);
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
		assertThat(reported("support", Cause.CAPACITY)).isEqualTo(500 - usage.get("support").entries());
		assertThat(reported("other", Cause.CAPACITY)).isEqualTo(500 - usage.get("other").entries());
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
	void expiryOfAnEntryWithRetentionIsToldWhenThatIsOver() {
		MemoryCacheStore store = store(100, 1 << 20);
		put(store, PARTITION, this.entries.keptEntry("kept", Entries.vector(0)));
		this.clock.advance(Entries.TTL.plusMinutes(1));
		assertThat(usage(store).entries()).isOne();
		assertThat(this.evictions).isEmpty();
		this.clock.advance(Entries.RETENTION);
		assertThat(store.usage()).isEmpty();
		assertThat(this.evictions).containsExactly(new EvictionEvent("support", Cause.EXPIRED, 1));
	}

	@Test
	void evictionIsReportedByTask() {
		MemoryCacheStore store = store(100, 1 << 20);
		put(store, PARTITION, this.entries.entry("one"));
		put(store, PARTITION, this.entries.entry("two"));
		put(store, Entries.partition("other"), this.entries.entry("three"));
		store.evict(EvictionSelector.all());
		assertThat(this.evictions).containsExactlyInAnyOrder(new EvictionEvent("support", Cause.EXPLICIT, 2),
				new EvictionEvent("other", Cause.EXPLICIT, 1));
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
		assertThat(usage(store)).isEqualTo(new StoreUsage(1,
				MemoryLimits.bytesOf(this.entries.entry("prompt", "answer")) + MemoryLimits.bytesOf(PARTITION)));
	}

	private static long usedHeap() {
		long used = Long.MAX_VALUE;
		for (int i = 0; i < 3; i++) {
			System.gc();
			used = Math.min(used, Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
		}
		return used;
	}

}
