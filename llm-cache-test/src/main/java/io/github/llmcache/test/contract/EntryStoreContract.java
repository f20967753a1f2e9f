package io.github.llmcache.test.contract;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.github.llmcache.store.CacheEntry;
import io.github.llmcache.store.CacheKey;
import io.github.llmcache.store.EntryPage;
import io.github.llmcache.store.EntryStore;
import io.github.llmcache.store.EvictionSelector;
import io.github.llmcache.store.Partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * What every {@link EntryStore} must keep.
 */
public abstract class EntryStoreContract {

	protected static final EvictionSelector SUPPORT = EvictionSelector.task("support");

	private final Entries entries = new Entries(Clock.systemUTC());

	/**
	 * The store under test, empty.
	 * @return the same store each time
	 */
	protected abstract EntryStore store();

	@Test
	void partitionsAreGivenOnceEachPageByPage() {
		List<String> ids = IntStream.range(0, 25).mapToObj((i) -> {
			Partition partition = Entries.partition("support", null, null, "tenant " + i);
			put(partition, "prompt");
			return partition.id();
		}).toList();
		put(Entries.partition("other"), "prompt");
		List<String> found = new ArrayList<>();
		String after = null;
		List<Partition> page;
		do {
			page = store().partitions(SUPPORT, after, 7);
			assertThat(page).hasSizeLessThanOrEqualTo(7);
			page.forEach((partition) -> found.add(partition.id()));
			after = page.isEmpty() ? null : page.get(page.size() - 1).id();
		}
		while (page.size() == 7);
		assertThat(found).containsExactlyInAnyOrderElementsOf(ids);
		assertThat(ids(SUPPORT, null, 1_000)).isEqualTo(found);
	}

	@Test
	void partitionsAreSelectedByTheirIdentity() {
		Partition acme = Entries.partition("support", "small", null, "acme");
		put(acme, "prompt");
		put(Entries.partition("support", "large", null, "globex"), "prompt");
		assertThat(ids(SUPPORT.withScope("acme"), null, 10)).containsExactly(acme.id());
		assertThat(ids(SUPPORT.withModel("small"), null, 10)).containsExactly(acme.id());
		assertThat(ids(SUPPORT.withModel("small").withScope("globex"), null, 10)).isEmpty();
		assertThat(ids(EvictionSelector.all(), null, 10)).hasSize(2);
	}

	@Test
	void lookWithoutTraceFindsWhatIsThereAndBeginsNothing() {
		Partition partition = Entries.partition("support", "small", "v1", "acme");
		CacheKey key = Entries.key(partition, "prompt");
		assertThat(store().peek(key)).isNull();
		assertThat(store().partitions(EvictionSelector.all(), null, 10)).isEmpty();
		put(partition, "prompt");
		assertThat(Entries.answer(store().peek(key))).isEqualTo("answer to prompt");
		Partition known = store().partitions(SUPPORT, null, 10).get(0);
		assertThat(Entries.answer(store().peek(new CacheKey(known, key.digest())))).isEqualTo("answer to prompt");
		store().evict(SUPPORT);
		assertThat(store().peek(key)).isNull();
	}

	@Test
	void entriesAreGivenOnceEachPageByPage() {
		Partition partition = Entries.partition("support", null, null, "acme");
		List<String> stored = IntStream.range(0, 25).mapToObj((i) -> put(partition, "prompt " + i).digest()).toList();
		put(Entries.partition("support", null, null, "globex"), "prompt");
		Partition known = store().partitions(SUPPORT.withScope("acme"), null, 10).get(0);
		List<String> found = new ArrayList<>();
		String after = null;
		do {
			EntryPage page = store().entries(known, after, 7, false);
			assertThat(page.entries()).hasSizeLessThanOrEqualTo(7);
			page.entries().forEach((kept) -> found.add(kept.key().digest()));
			after = page.next();
		}
		while (after != null);
		assertThat(found).containsExactlyInAnyOrderElementsOf(stored);
	}

	@Test
	void pageBeginsWhereTheOneBeforeHasEndedWhateverHappensInBetween() {
		Partition partition = Entries.partition("support");
		for (int i = 0; i < 10; i++) {
			put(partition, "prompt " + i);
		}
		EntryPage first = store().entries(partition, null, 4, false);
		first.entries().forEach((kept) -> store().remove(kept.key()));
		EntryPage second = store().entries(partition, first.next(), 100, false);
		assertThat(second.entries()).hasSize(6);
		assertThat(second.next()).isNull();
		store().evict(SUPPORT);
		assertThat(store().entries(partition, first.next(), 100, false).entries()).isEmpty();
	}

	@Test
	void entriesComeWithAllThatWasStored() {
		Partition partition = Entries.partition("support");
		CacheKey key = Entries.key(partition, "prompt");
		CacheEntry entry = this.entries.keptEntry("prompt", Entries.vector(30));
		store().put(key, entry, store().find(key).generation());
		CacheEntry listed = store().entries(partition, null, 10, true).entries().get(0).entry();
		assertThat(listed.prompt()).isEqualTo("prompt");
		assertThat(listed.payload()).isEqualTo(entry.payload());
		assertThat(listed.group()).isEqualTo(entry.group());
		assertThat(listed.created().toEpochMilli()).isEqualTo(entry.created().toEpochMilli());
		assertThat(listed.ttl()).isEqualTo(entry.ttl());
		assertThat(listed.retention()).isEqualTo(entry.retention());
		assertThat(listed.loadTime()).isEqualTo(entry.loadTime());
		assertThat(listed.embedding()).containsExactly(entry.embedding(), within(precision()));
	}

	/**
	 * How far the elements of an embedding may be off.
	 * @return the difference
	 */
	protected float precision() {
		return 1e-6f;
	}

	private List<String> ids(EvictionSelector selector, @Nullable String after, int limit) {
		return store().partitions(selector, after, limit).stream().map(Partition::id).toList();
	}

	protected final CacheKey put(Partition partition, String prompt) {
		CacheKey key = Entries.key(partition, prompt);
		assertThat(store().put(key, this.entries.entry(prompt), store().find(key).generation())).isTrue();
		return key;
	}

}
