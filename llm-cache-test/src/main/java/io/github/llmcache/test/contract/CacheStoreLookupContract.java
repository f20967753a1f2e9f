package io.github.llmcache.test.contract;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.github.llmcache.store.CacheEntry;
import io.github.llmcache.store.CacheStore;
import io.github.llmcache.store.CacheStore.StoreUsage;
import io.github.llmcache.store.Partition;
import io.github.llmcache.test.MutableClock;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What every {@link CacheStore} does as long as nothing is evicted. Extend
 * {@link CacheStoreContract}.
 */
public abstract class CacheStoreLookupContract {

	protected static final Partition PARTITION = Entries.partition("support", "small", "v1", "tenant-a");

	/** Longer than a test takes, for stores that go by a real clock. */
	protected static final Duration MOMENT = Duration.ofMinutes(1);

	protected final MutableClock clock = new MutableClock();

	protected final Entries entries = new Entries(this.clock);

	protected CacheStore store;

	/**
	 * Create an empty store with room for some thousand entries.
	 */
	protected abstract CacheStore createStore(MutableClock clock);

	/**
	 * Let time pass for the store. Override for a store that does not go by the clock
	 * that it was created with.
	 */
	protected void elapse(Duration duration) {
		this.clock.advance(duration);
	}

	@BeforeEach
	final void openStore() {
		this.store = createStore(this.clock);
	}

	@Test
	void unknownKeyIsNotFound() {
		assertThat(find(PARTITION, "unknown")).isNull();
	}

	@Test
	void storedEntryIsFoundAsItWasStored() {
		CacheEntry entry = this.entries.entry("What is a Möbius strip? ∞", "Ein Band", new float[] { 0.6f, -0.8f },
				Set.of("math", "b c"));
		assertThat(put(PARTITION, entry)).isTrue();
		CacheEntry found = find(PARTITION, entry.prompt());
		assertThat(found).usingRecursiveComparison().ignoringFields("embedding").isEqualTo(entry);
	}

	@Test
	void entryWithoutEmbeddingIsFoundAsItWasStored() {
		CacheEntry entry = this.entries.entry("prompt");
		put(PARTITION, entry);
		assertThat(find(PARTITION, "prompt")).usingRecursiveComparison().ignoringFields("embedding").isEqualTo(entry);
	}

	@Test
	void storingTheSamePromptReplaces() {
		put(PARTITION, this.entries.entry("prompt", "first"));
		put(PARTITION, this.entries.entry("prompt", "second"));
		assertThat(Entries.answer(find(PARTITION, "prompt"))).isEqualTo("second");
		assertThat(entryCount()).isOne();
	}

	@Test
	void storingRemovesNoOtherEntryHoweverSimilar() {
		for (int i = 0; i < 100; i++) {
			put(PARTITION, this.entries.entry("prompt " + i, Entries.vector(0)));
		}
		for (int i = 0; i < 100; i++) {
			assertThat(Entries.answer(find(PARTITION, "prompt " + i))).isEqualTo("answer to prompt " + i);
		}
		assertThat(entryCount()).isEqualTo(100);
	}

	@Test
	void samePromptInAnotherPartitionIsAnotherEntry() {
		List<Partition> partitions = List.of(PARTITION, Entries.partition("support", "large", "v1", "tenant-a"),
				Entries.partition("support", "small", "v2", "tenant-a"),
				Entries.partition("support", "small", "v1", "tenant-b"),
				Entries.partition("support", "small", "v1", null),
				Entries.partition("other", "small", "v1", "tenant-a"));
		for (Partition partition : partitions) {
			assertThat(find(partition, "prompt")).isNull();
			put(partition, this.entries.entry("prompt", partition.id()));
		}
		for (Partition partition : partitions) {
			assertThat(Entries.answer(find(partition, "prompt"))).isEqualTo(partition.id());
		}
	}

	@Test
	void removedEntryIsNotFound() {
		put(PARTITION, this.entries.entry("prompt"));
		put(PARTITION, this.entries.entry("other"));
		this.store.remove(Entries.key(PARTITION, "prompt"));
		assertThat(find(PARTITION, "prompt")).isNull();
		assertThat(find(PARTITION, "other")).isNotNull();
		assertThat(entryCount()).isOne();
	}

	@Test
	void removalLeavesTheGeneration() {
		put(PARTITION, this.entries.entry("prompt"));
		long generation = generation(PARTITION, "prompt");
		this.store.remove(Entries.key(PARTITION, "prompt"));
		this.store.remove(Entries.key(PARTITION, "unknown"));
		assertThat(this.store.put(Entries.key(PARTITION, "prompt"), this.entries.entry("prompt"), generation)).isTrue();
	}

	@Test
	void entryIsServedUntilItsTimeToLiveIsOver() {
		put(PARTITION, this.entries.entry("prompt"));
		elapse(Entries.TTL.minus(MOMENT));
		assertThat(find(PARTITION, "prompt")).isNotNull();
		elapse(MOMENT);
		assertThat(find(PARTITION, "prompt")).isNull();
	}

	@Test
	void timeToLiveDoesNotSlideWhenTheEntryIsServed() {
		put(PARTITION, this.entries.entry("prompt"));
		for (int i = 0; i < 10; i++) {
			assertThat(find(PARTITION, "prompt")).isNotNull();
			elapse(Entries.TTL.dividedBy(10));
		}
		assertThat(find(PARTITION, "prompt")).isNull();
	}

	@Test
	void storingAgainStartsTheTimeToLiveAnew() {
		put(PARTITION, this.entries.entry("prompt", "first"));
		elapse(Entries.TTL.minus(MOMENT));
		put(PARTITION, this.entries.entry("prompt", "second"));
		elapse(Entries.TTL.minus(MOMENT));
		assertThat(Entries.answer(find(PARTITION, "prompt"))).isEqualTo("second");
	}

	@Test
	void expiredPromptCanBeStoredAgain() {
		put(PARTITION, this.entries.entry("prompt", "first"));
		elapse(Entries.TTL);
		put(PARTITION, this.entries.entry("prompt", "second"));
		assertThat(Entries.answer(find(PARTITION, "prompt"))).isEqualTo("second");
		assertThat(entryCount()).isOne();
	}

	@Test
	void entryWithRetentionIsFoundAfterItsTimeToLive() {
		CacheEntry entry = this.entries.keptEntry("prompt", null);
		put(PARTITION, entry);
		elapse(Entries.TTL.minus(MOMENT));
		assertThat(found(PARTITION, "prompt").isExpired(this.clock.instant())).isFalse();
		elapse(MOMENT);
		CacheEntry found = found(PARTITION, "prompt");
		assertThat(found).usingRecursiveComparison().isEqualTo(entry);
		assertThat(found.retention()).isEqualTo(Entries.RETENTION);
		assertThat(found.isExpired(this.clock.instant())).isTrue();
		assertThat(entryCount()).isOne();
	}

	@Test
	void entryIsGoneWhenItsRetentionIsOver() {
		put(PARTITION, this.entries.keptEntry("prompt", null));
		elapse(Entries.TTL.plus(Entries.RETENTION).minus(MOMENT));
		assertThat(find(PARTITION, "prompt")).isNotNull();
		elapse(MOMENT);
		assertThat(find(PARTITION, "prompt")).isNull();
		assertThat(entryCount()).isZero();
	}

	@Test
	void newAnswerReplacesOneThatIsKept() {
		put(PARTITION, this.entries.keptEntry("prompt", null));
		elapse(Entries.TTL);
		put(PARTITION, this.entries.entry("prompt", "new"));
		assertThat(Entries.answer(find(PARTITION, "prompt"))).isEqualTo("new");
		assertThat(entryCount()).isOne();
		elapse(Entries.TTL);
		assertThat(find(PARTITION, "prompt")).isNull();
		assertThat(entryCount()).isZero();
	}

	@Test
	void keptEntryCanBeRemoved() {
		put(PARTITION, this.entries.keptEntry("prompt", null));
		elapse(Entries.TTL);
		this.store.remove(Entries.key(PARTITION, "prompt"));
		assertThat(find(PARTITION, "prompt")).isNull();
		assertThat(entryCount()).isZero();
	}

	@Test
	void usageIsToldByTask() {
		assertThat(this.store.usage().values()).allMatch((usage) -> usage.entries() == 0);
		put(PARTITION, this.entries.entry("one"));
		put(Entries.partition("support", "large", null, null), this.entries.entry("two"));
		put(Entries.partition("other"), this.entries.entry("three", "x".repeat(10_000)));
		assertThat(usage("support").entries()).isEqualTo(2);
		assertThat(usage("other").entries()).isOne();
		assertThat(usage("other").bytes()).isBetween(10_000L, 20_000L);
	}

	protected final boolean put(Partition partition, CacheEntry entry) {
		return this.store.put(Entries.key(partition, entry.prompt()), entry, generation(partition, entry.prompt()));
	}

	protected final @Nullable CacheEntry find(Partition partition, String prompt) {
		return this.store.find(Entries.key(partition, prompt)).entry();
	}

	protected final CacheEntry found(Partition partition, String prompt) {
		CacheEntry found = find(partition, prompt);
		assertThat(found).as("entry of <%s>", prompt).isNotNull();
		return Objects.requireNonNull(found);
	}

	protected final long generation(Partition partition, String prompt) {
		return this.store.find(Entries.key(partition, prompt)).generation();
	}

	private StoreUsage usage(String task) {
		StoreUsage usage = this.store.usage().get(task);
		assertThat(usage).as("usage of %s", task).isNotNull();
		return Objects.requireNonNull(usage);
	}

	protected final long entryCount() {
		return this.store.usage().values().stream().mapToLong(StoreUsage::entries).sum();
	}

}
