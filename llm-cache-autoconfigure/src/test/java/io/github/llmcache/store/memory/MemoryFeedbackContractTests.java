package io.github.llmcache.store.memory;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.github.llmcache.core.TestCaches;
import io.github.llmcache.store.FeedbackStore;
import io.github.llmcache.test.contract.Entries;
import io.github.llmcache.test.contract.FeedbackStoreContract;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@link MemoryCacheStore} keeps the contract of feedback, within its bounds.
 */
class MemoryFeedbackContractTests extends FeedbackStoreContract {

	private final MemoryCacheStore store = TestCaches.store();

	@Override
	protected FeedbackStore store() {
		return this.store;
	}

	@Test
	void partitionsOfTheOldestRefusalsMakeRoom() {
		Set<String> many = IntStream.range(0, 1_000).mapToObj(String::valueOf).collect(Collectors.toSet());
		for (int i = 0; i < 21; i++) {
			this.store.refuse(Entries.partition("task " + i), many);
		}
		assertThat(this.store.refusals(Entries.partition("task 0"))).isEmpty();
		assertThat(this.store.refusals(Entries.partition("task 1"))).hasSize(1_000);
		assertThat(this.store.refusals(Entries.partition("task 20"))).hasSize(1_000);
	}

}
