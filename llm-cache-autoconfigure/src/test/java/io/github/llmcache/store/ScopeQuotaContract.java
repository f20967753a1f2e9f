package io.github.llmcache.store;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.github.llmcache.event.EvictionEvent;
import io.github.llmcache.event.EvictionEvent.Cause;
import io.github.llmcache.test.RecordingListener;
import io.github.llmcache.test.contract.Entries;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How a store keeps scopes within their quota.
 */
public abstract class ScopeQuotaContract {

	protected static final Partition SUPPORT = Entries.partition("support", "small", null, "tenant");

	protected static final Partition PRICES = Entries.partition("prices", "small", null, "tenant");

	private static final Partition OTHER = Entries.partition("support", "small", null, "other tenant");

	private static final Partition UNSCOPED = Entries.partition("support", "small", null, null);

	protected final RecordingListener events = new RecordingListener();

	private int stored;

	/**
	 * An empty store, or another instance of the same one.
	 * @param quota the quota of each scope
	 * @return a store that is within the quota whenever {@code put} has returned
	 */
	protected abstract EntryStore store(ScopeQuota quota);

	@Test
	void scopeAtItsQuotaGivesUpItsOwnOldestEntries() {
		EntryStore store = store(new ScopeQuota(3L, null));
		put(store, OTHER, "first of all");
		put(store, OTHER, "second of all");
		IntStream.range(0, 10).forEach((i) -> put(store, UNSCOPED, "prompt " + i));
		for (int i = 0; i < 3; i++) {
			put(store, SUPPORT, "prompt " + i);
			put(store, PRICES, "prompt " + i);
		}
		assertThat(prompts(store, SUPPORT)).containsExactly("prompt 2");
		assertThat(prompts(store, PRICES)).containsExactlyInAnyOrder("prompt 1", "prompt 2");
		assertThat(prompts(store, OTHER)).hasSize(2);
		assertThat(prompts(store, UNSCOPED)).hasSize(10);
		assertThat(this.events.evictions()).allMatch((event) -> event.cause() == Cause.QUOTA);
		assertThat(this.events.evictions().stream().mapToLong(EvictionEvent::entries).sum()).isEqualTo(3);
	}

	@Test
	void bytesOfAScopeAreLimited() {
		EntryStore store = store(new ScopeQuota(null, 100_000L));
		for (int i = 0; i < 10; i++) {
			put(store, SUPPORT, "prompt " + i, "x".repeat(30_000));
			put(store, OTHER, "prompt " + i, "y");
		}
		assertThat(prompts(store, SUPPORT)).containsExactlyInAnyOrder("prompt 7", "prompt 8", "prompt 9");
		assertThat(prompts(store, OTHER)).hasSize(10);
	}

	@Test
	void entryThatIsStoredAgainCountsOnce() {
		EntryStore store = store(new ScopeQuota(2L, 10_000L));
		put(store, SUPPORT, "a");
		for (int i = 0; i < 20; i++) {
			put(store, SUPPORT, "b", "x".repeat(1_000));
		}
		assertThat(prompts(store, SUPPORT)).containsExactlyInAnyOrder("a", "b");
	}

	@Test
	void whatIsRemovedMakesRoom() {
		EntryStore store = store(new ScopeQuota(2L, null));
		put(store, SUPPORT, "a");
		put(store, PRICES, "b");
		store.remove(Entries.key(SUPPORT, "a"));
		put(store, SUPPORT, "c");
		assertThat(prompts(store, PRICES)).containsExactly("b");
		store.evict(EvictionSelector.task("prices"));
		put(store, SUPPORT, "d");
		assertThat(prompts(store, SUPPORT)).containsExactlyInAnyOrder("c", "d");
		store.evict(EvictionSelector.all().withPrompt("c"));
		put(store, SUPPORT, "e");
		assertThat(prompts(store, SUPPORT)).containsExactlyInAnyOrder("d", "e");
		assertThat(((ErasableStore) store).erase("tenant").left()).isZero();
		put(store, SUPPORT, "f");
		put(store, PRICES, "g");
		assertThat(prompts(store, SUPPORT)).containsExactly("f");
		assertThat(prompts(store, PRICES)).containsExactly("g");
	}

	@Test
	void entryOfAnotherGroupCountsOnce() {
		EntryStore store = store(new ScopeQuota(2L, null));
		put(store, SUPPORT, "a");
		put(store, SUPPORT, "b");
		CacheKey key = Entries.key(SUPPORT, "a");
		CacheStore.Finding found = store.find(key);
		assertThat(((SemanticCacheStore) store).regroup(key, found.entry().group(), "0123456789abcdef",
				found.generation()))
			.isTrue();
		put(store, SUPPORT, "c");
		put(store, SUPPORT, "d");
		assertThat(prompts(store, SUPPORT)).containsExactlyInAnyOrder("c", "d");
	}

	@Test
	void entryThatIsLargerThanTheQuotaIsNotKept() {
		EntryStore store = store(new ScopeQuota(null, 10_000L));
		put(store, SUPPORT, "large", "x".repeat(20_000));
		put(store, SUPPORT, "small", "x");
		assertThat(prompts(store, SUPPORT)).containsExactly("small");
	}

	protected void put(EntryStore store, Partition partition, String prompt) {
		put(store, partition, prompt, "answer");
	}

	/**
	 * Each lives longer than the one before, so that stores agree which of them is next
	 * to go.
	 */
	private void put(EntryStore store, Partition partition, String prompt, String answer) {
		CacheKey key = Entries.key(partition, prompt);
		CacheEntry entry = new CacheEntry(prompt, answer.getBytes(StandardCharsets.UTF_8),
				Entries.vector(prompt.length()), Clock.systemUTC().instant(), Entries.TTL.plusSeconds(this.stored++),
				Duration.ofMillis(1), Set.of());
		assertThat(store.put(key, entry, store.find(key).generation())).isTrue();
	}

	protected static List<String> prompts(EntryStore store, Partition partition) {
		List<String> prompts = new ArrayList<>();
		String cursor = null;
		do {
			EntryPage page = store.entries(partition, cursor, 100, false);
			page.entries().forEach((kept) -> prompts.add(kept.entry().prompt()));
			cursor = page.next();
		}
		while (cursor != null);
		return prompts;
	}

}
