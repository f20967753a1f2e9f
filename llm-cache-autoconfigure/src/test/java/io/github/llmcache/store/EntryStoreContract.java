package io.github.llmcache.store;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

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

	private List<String> ids(EvictionSelector selector, @Nullable String after, int limit) {
		return store().partitions(selector, after, limit).stream().map(Partition::id).toList();
	}

	protected final CacheKey put(Partition partition, String prompt) {
		CacheKey key = Entries.key(partition, prompt);
		assertThat(store().put(key, this.entries.entry(prompt), store().find(key).generation())).isTrue();
		return key;
	}

}
