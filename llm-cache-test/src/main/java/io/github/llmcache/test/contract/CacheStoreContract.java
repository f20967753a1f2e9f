package io.github.llmcache.test.contract;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.github.llmcache.store.CacheEntry;
import io.github.llmcache.store.CacheKey;
import io.github.llmcache.store.CacheStore;
import io.github.llmcache.store.EvictionSelector;
import io.github.llmcache.store.Partition;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What every {@link CacheStore} does. A store that also finds similar prompts is to
 * extend {@link SemanticCacheStoreContract}.
 */
public abstract class CacheStoreContract extends CacheStoreLookupContract {

	private static final EvictionSelector ALL = EvictionSelector.all();

	private static final Partition LARGE = Entries.partition("support", "large", "v1", "tenant-a");

	private static final Partition TEMPLATE = Entries.partition("support", "small", "v2", "tenant-a");

	private static final Partition TENANT = Entries.partition("support", "small", "v1", "tenant-b");

	private static final Partition BARE = Entries.partition("support");

	private static final Partition OTHER = Entries.partition("other", "small", "v1", "tenant-a");

	/**
	 * Criteria, and which of {@link #fill the entries} they select.
	 */
	static Stream<Named<Selection>> selections() {
		return Stream.of(selection("all", ALL, Set.of("A1", "A2", "A3", "L", "V", "T", "B", "O")),
				selection("task", ALL.withTask("other"), Set.of("O")),
				selection("model", ALL.withModel("small"), Set.of("A1", "A2", "A3", "V", "T", "O")),
				selection("template", ALL.withTemplate("v2"), Set.of("V")),
				selection("scope", ALL.withScope("tenant-b"), Set.of("T")),
				selection("tag", ALL.withTag("red"), Set.of("A1", "L", "O")),
				selection("prompt", ALL.withPrompt("  How do I reset my password?\r\n"), Set.of("A1", "T", "O")),
				selection("pattern", ALL.withPromptPattern("HOW * password?"), Set.of("A1", "A2", "T", "O")),
				selection("task and model", ALL.withTask("support").withModel("large"), Set.of("L")),
				selection("task and tag", ALL.withTask("support").withTag("red"), Set.of("A1", "L")),
				selection("scope and pattern", ALL.withScope("tenant-a").withPromptPattern("*RESET*"),
						Set.of("A1", "A2", "O")),
				selection("everything",
						new EvictionSelector("support", "small", "v1", "tenant-a", "red", "How do I reset my password?",
								"How*"),
						Set.of("A1")),
				selection("no task", ALL.withTask("unknown"), Set.of()),
				selection("no combination", ALL.withTask("other").withScope("tenant-b"), Set.of()),
				selection("no tag", ALL.withTag("re"), Set.of()),
				selection("no pattern", ALL.withPromptPattern("how do i"), Set.of()));
	}

	static Stream<EvictionSelector> selectionsOfOne() {
		return Stream.of(ALL, ALL.withTask("support"), ALL.withPrompt("prompt"));
	}

	@ParameterizedTest
	@MethodSource("selections")
	void evictionRemovesWhatMatchesAndNothingElse(Selection selection) {
		Map<String, CacheKey> keys = fill();
		assertThat(this.store.evict(selection.selector())).isEqualTo(selection.selected().size());
		keys.forEach((name, key) -> assertThat(this.store.find(key).entry() == null).as(name)
			.isEqualTo(selection.selected().contains(name)));
		assertThat(entryCount()).isEqualTo(keys.size() - selection.selected().size());
		assertThat(this.store.evict(selection.selector())).isZero();
	}

	@ParameterizedTest
	@MethodSource("selections")
	void answerLoadedBeforeAnEvictionIsNotStored(Selection selection) {
		List<Partition> partitions = List.of(PARTITION, LARGE, TEMPLATE, TENANT, BARE, OTHER);
		List<Long> generations = partitions.stream().map((partition) -> generation(partition, "prompt")).toList();
		this.store.evict(selection.selector());
		for (int i = 0; i < partitions.size(); i++) {
			CacheKey key = Entries.key(partitions.get(i), "prompt");
			boolean stored = this.store.put(key, this.entries.entry("prompt"), generations.get(i));
			assertThat(stored).as(selection + " in " + partitions.get(i))
				.isEqualTo(!selection.selector().matches(partitions.get(i)));
			assertThat(this.store.find(key).entry() != null).isEqualTo(stored);
		}
	}

	@ParameterizedTest
	@MethodSource("selections")
	void answerLoadedAfterAnEvictionIsStored(Selection selection) {
		Map<String, CacheKey> keys = fill();
		this.store.evict(selection.selector());
		keys.forEach((name, key) -> {
			CacheEntry entry = this.entries.entry("new " + name);
			assertThat(this.store.put(key, entry, this.store.find(key).generation())).isTrue();
			assertThat(Entries.answer(this.store.find(key).entry())).isEqualTo("answer to new " + name);
		});
	}

	@Test
	void refusedAnswerLeavesTheNewerOne() {
		CacheKey key = Entries.key(PARTITION, "prompt");
		long before = generation(PARTITION, "prompt");
		this.store.evict(ALL);
		put(PARTITION, this.entries.entry("prompt", "new"));
		assertThat(this.store.put(key, this.entries.entry("prompt", "old"), before)).isFalse();
		assertThat(Entries.answer(this.store.find(key).entry())).isEqualTo("new");
		assertThat(entryCount()).isOne();
	}

	@Test
	void noGenerationComesTwice() {
		long first = generation(PARTITION, "prompt");
		for (int i = 0; i < 100; i++) {
			this.store.evict(ALL);
			assertThat(generation(PARTITION, "prompt")).isNotEqualTo(first);
		}
	}

	@Test
	void expiredEntriesAreNotCountedAsEvicted() {
		put(PARTITION, this.entries.entry("old"));
		elapse(Entries.TTL);
		put(PARTITION, this.entries.entry("new"));
		assertThat(this.store.evict(ALL)).isOne();
		assertThat(entryCount()).isZero();
	}

	@ParameterizedTest
	@MethodSource("selectionsOfOne")
	void keptEntriesAreEvictedAndCounted(EvictionSelector selector) {
		put(PARTITION, this.entries.keptEntry("prompt", Entries.vector(0)));
		elapse(Entries.TTL);
		assertThat(this.store.evict(selector)).isOne();
		assertThat(find(PARTITION, "prompt")).isNull();
		assertThat(entryCount()).isZero();
	}

	@Test
	void entriesWhoseRetentionIsOverAreNotCountedAsEvicted() {
		put(PARTITION, this.entries.keptEntry("old", null));
		elapse(Entries.TTL.plus(Entries.RETENTION));
		put(PARTITION, this.entries.entry("new"));
		assertThat(this.store.evict(ALL)).isOne();
		assertThat(entryCount()).isZero();
	}

	@Test
	void answerOlderThanTheLastEvictionIsNeverServed() throws Exception {
		new StoreRace(this.store, this.entries).run();
	}

	private Map<String, CacheKey> fill() {
		Map<String, CacheKey> keys = new LinkedHashMap<>();
		String reset = "How do I reset my password?";
		keys.put("A1", add(PARTITION, reset, "red", "blue"));
		keys.put("A2", add(PARTITION, "how can I reset the password?", "blue"));
		keys.put("A3", add(PARTITION, "What does it cost?"));
		keys.put("L", add(LARGE, "What does it cost?", "red"));
		keys.put("V", add(TEMPLATE, "What does it cost?", "blue"));
		keys.put("T", add(TENANT, reset, "blue"));
		keys.put("B", add(BARE, "What does it cost?"));
		keys.put("O", add(OTHER, reset, "red"));
		return keys;
	}

	private CacheKey add(Partition partition, String prompt, String... tags) {
		put(partition, this.entries.entry(prompt, "answer", Entries.vector(0), Set.of(tags)));
		return Entries.key(partition, prompt);
	}

	private static Named<Selection> selection(String name, EvictionSelector selector, Set<String> selected) {
		return Named.of(name, new Selection(selector, selected));
	}

	/**
	 * A selector, and what it is to select.
	 */
	record Selection(EvictionSelector selector, Set<String> selected) {

	}

}
