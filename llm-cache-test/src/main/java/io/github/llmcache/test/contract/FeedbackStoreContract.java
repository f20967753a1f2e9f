package io.github.llmcache.test.contract;

import java.time.Clock;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.github.llmcache.store.CacheKey;
import io.github.llmcache.store.EvictionSelector;
import io.github.llmcache.store.FeedbackStore;
import io.github.llmcache.store.Partition;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What every {@link FeedbackStore} must keep.
 */
public abstract class FeedbackStoreContract {

	private static final Partition PARTITION = Entries.partition("support", "small", null, "tenant");

	private static final Partition OTHER = Entries.partition("support", "small", null, "other tenant");

	private final Entries entries = new Entries(Clock.systemUTC());

	/**
	 * The store under test, empty.
	 * @return the same store each time
	 */
	protected abstract FeedbackStore store();

	@Test
	void refusalsAddUpWithinTheirPartition() {
		FeedbackStore store = store();
		assertThat(store.refusals(PARTITION)).isEmpty();
		store.refuse(PARTITION, Set.of("a~b"));
		store.refuse(PARTITION, Set.of("a=c", "a~b"));
		look(store);
		assertThat(store.refusals(PARTITION)).containsExactlyInAnyOrder("a~b", "a=c");
		assertThat(store.refusals(OTHER)).isEmpty();
	}

	@Test
	void evictionIsOfAnswersAndNotOfRefusals() {
		FeedbackStore store = store();
		put(store, PARTITION, "prompt");
		store.refuse(PARTITION, Set.of("a~b"));
		store.evict(EvictionSelector.all());
		look(store);
		assertThat(store.refusals(PARTITION)).containsExactly("a~b");
	}

	@Test
	void latestRefusalsAreKept() {
		FeedbackStore store = store();
		for (int i = 0; i < 3; i++) {
			int first = i * 400;
			store.refuse(PARTITION,
					IntStream.range(first, first + 400).mapToObj(String::valueOf).collect(Collectors.toSet()));
		}
		look(store);
		assertThat(store.refusals(PARTITION)).hasSize(FeedbackStore.MOST_REFUSALS)
			.contains("400", "799", "800", "1199");
	}

	@Test
	void entryIsLocatedByItsDigestWithinItsTask() {
		FeedbackStore store = store();
		CacheKey key = put(store, PARTITION, "prompt");
		put(store, OTHER, "prompt");
		FeedbackStore.Located located = store.locate("support", key.digest());
		assertThat(located).isNotNull().satisfies((found) -> {
			assertThat(found.key()).isEqualTo(key);
			assertThat(found.entry().prompt()).isEqualTo("prompt");
		});
		assertThat(store.locate("another task", key.digest())).isNull();
		store.remove(key);
		assertThat(store.locate("support", key.digest())).isNull();
	}

	private CacheKey put(FeedbackStore store, Partition partition, String prompt) {
		CacheKey key = Entries.key(partition, prompt);
		assertThat(store.put(key, this.entries.entry(prompt), store.find(key).generation())).isTrue();
		return key;
	}

	private static void look(FeedbackStore store) {
		store.find(Entries.key(PARTITION, "any"));
	}

}
