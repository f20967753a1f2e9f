package io.github.llmcache.entries;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.github.llmcache.core.TestCaches;
import io.github.llmcache.entries.EntryBrowser.Page;
import io.github.llmcache.store.CacheKey;
import io.github.llmcache.store.Partition;
import io.github.llmcache.store.memory.MemoryCacheStore;
import io.github.llmcache.test.contract.Entries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link EntryBrowser}.
 */
class EntryBrowserTests {

	private final MemoryCacheStore store = TestCaches.store();

	private final EntryBrowser browser = new EntryBrowser(this.store);

	private final Entries entries = new Entries(Clock.systemUTC());

	@Test
	void everyEntryOfATaskIsListedOnceOverAllItsPartitions() {
		List<String> stored = new ArrayList<>();
		for (int tenant = 0; tenant < 5; tenant++) {
			for (int i = 0; i < 7; i++) {
				stored.add(put(partition(tenant), "prompt " + i).digest());
			}
		}
		put(Entries.partition("other"), "prompt");
		List<String> listed = new ArrayList<>();
		String cursor = null;
		do {
			Page page = this.browser.list("support", cursor, 4, false);
			assertThat(page.entries()).hasSizeLessThanOrEqualTo(4);
			page.entries().forEach((kept) -> listed.add(kept.key().digest()));
			cursor = page.cursor();
		}
		while (cursor != null);
		assertThat(listed).containsExactlyInAnyOrderElementsOf(stored);
	}

	@Test
	void cursorStaysValidWhenItsPartitionIsGone() {
		for (int tenant = 0; tenant < 3; tenant++) {
			put(partition(tenant), "one");
			put(partition(tenant), "two");
		}
		Page page = this.browser.list("support", null, 1, false);
		Partition first = page.entries().get(0).key().partition();
		for (String prompt : List.of("one", "two")) {
			this.browser.delete("support", Entries.key(first, prompt).digest());
		}
		assertThat(this.browser.list("support", page.cursor(), 10, false).entries()).hasSize(4)
			.noneMatch((kept) -> kept.key().partition().equals(first));
	}

	@Test
	void entryIsFoundAndDeletedByItsIdWithinItsTask() {
		String id = put(partition(1), "prompt").digest();
		assertThat(this.browser.find("support", id).entry().prompt()).isEqualTo("prompt");
		assertThat(this.browser.delete("other", id)).isFalse();
		assertThat(this.browser.delete("support", id)).isTrue();
		assertThat(this.browser.delete("support", id)).isFalse();
		assertThat(this.browser.find("support", id)).isNull();
	}

	@Test
	void cursorThatIsNoneOrNotCompleteIsRefused() {
		put(partition(1), "one");
		put(partition(1), "two");
		String cursor = this.browser.list("support", null, 1, false).cursor();
		assertThat(this.browser.list("support", cursor, 1, false).entries()).hasSize(1);
		for (String wrong : List.of(":", "abc", cursor.substring(0, cursor.length() - 1), cursor.substring(1))) {
			assertThatIllegalArgumentException().isThrownBy(() -> this.browser.list("support", wrong, 1, false))
				.withMessageContaining("'cursor'");
		}
		assertThatIllegalArgumentException().isThrownBy(() -> this.browser.list("other", cursor, 1, false))
			.withMessageContaining("of this task");
	}

	private static Partition partition(int tenant) {
		return Entries.partition("support", null, null, "tenant " + tenant);
	}

	private CacheKey put(Partition partition, String prompt) {
		CacheKey key = Entries.key(partition, prompt);
		assertThat(this.store.put(key, this.entries.entry(prompt), this.store.find(key).generation())).isTrue();
		return key;
	}

}
