package io.github.llmcache.test.contract;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.github.llmcache.store.Alias;
import io.github.llmcache.store.AliasStore;
import io.github.llmcache.store.CacheEntry;
import io.github.llmcache.store.CacheKey;
import io.github.llmcache.store.CacheStore;
import io.github.llmcache.store.CacheStore.StoreUsage;
import io.github.llmcache.store.EvictionSelector;
import io.github.llmcache.store.MatchRecord;
import io.github.llmcache.store.Partition;
import io.github.llmcache.store.SemanticCacheStore;
import io.github.llmcache.test.MutableClock;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What every {@link AliasStore} does.
 */
public abstract class AliasStoreContract {

	private static final Partition PARTITION = Entries.partition("support", "small", "v1", "tenant-a");

	private static final String BASIS = "0123456789abcdef";

	private static final MatchRecord RECORD = new MatchRecord(List.of(0.25, -3.0, 1e-9), 0.75, true, "tenant-a");

	/** The time of entries, which that of the store's server follows. */
	protected final MutableClock clock = new MutableClock();

	private final Entries entries = new Entries(this.clock);

	/**
	 * The store under test, empty, which has remembered at once whatever it remembers.
	 * @return the same store each time
	 */
	protected abstract SemanticCacheStore store();

	/**
	 * Let time pass for the store.
	 * @param duration the time
	 */
	protected abstract void elapse(Duration duration);

	static Stream<EvictionSelector> selectionsOfTheEntry() {
		EvictionSelector all = EvictionSelector.all();
		return Stream.of(all, all.withTask("support"), all.withScope("tenant-a"), all.withTag("red"),
				all.withPrompt("turn on"), all.withPromptPattern("turn*"));
	}

	@Test
	void wordingIsFoundWithTheEntryThatItWasServed() {
		CacheEntry entry = put("turn on");
		remember("switch on", RECORD);
		CacheStore.Finding found = find("switch on");
		assertThat(found.entry()).isNull();
		assertThat(found.alias()).usingRecursiveComparison()
			.isEqualTo(new Alias(key("turn on").digest(), entry, 0.875, BASIS, RECORD));
		assertThat(find("turn on").alias()).isNull();
		assertThat(find("turn off").alias()).isNull();
		assertThat(find(Entries.partition("support"), "switch on").alias()).isNull();
	}

	@Test
	void whatWasKnownMayBeNothing() {
		put("turn on");
		remember("switch on", null);
		assertThat(alias("switch on").matchRecord()).isNull();
	}

	@Test
	void latestDecisionCounts() {
		put("turn on");
		put("enable");
		remember("switch on", RECORD);
		aliases().remember(key("switch on"),
				new Alias(key("enable").digest(), stored("enable"), 0.5, "f".repeat(16), null));
		assertThat(alias("switch on").digest()).isEqualTo(key("enable").digest());
		assertThat(alias("switch on").decidedBy()).isEqualTo("f".repeat(16));
	}

	@Test
	void answerOfTheWordingItselfReplacesTheAliasForGood() {
		put("turn on");
		remember("switch on", RECORD);
		put("switch on");
		assertThat(find("switch on").alias()).isNull();
		store().remove(key("switch on"));
		assertThat(find("switch on")).extracting(CacheStore.Finding::entry, CacheStore.Finding::alias)
			.containsOnlyNulls();
	}

	@Test
	void wordingWithAnAnswerOfItsOwnIsNotRemembered() {
		put("turn on");
		put("switch on");
		remember("switch on", RECORD);
		store().remove(key("switch on"));
		assertThat(find("switch on").alias()).isNull();
	}

	@ParameterizedTest
	@MethodSource("selectionsOfTheEntry")
	void evictionOfTheEntryIsOneOfItsAliases(EvictionSelector selector) {
		put("turn on");
		remember("switch on", RECORD);
		assertThat(store().evict(selector)).isOne();
		assertThat(find("switch on").alias()).isNull();
		put("turn on");
		assertThat(find("switch on").alias()).as("of the next entry in its place").isNull();
	}

	@Test
	void evictionOfOthersLeavesTheAlias() {
		put("turn on");
		remember("switch on", RECORD);
		assertThat(store().evict(EvictionSelector.all().withTag("blue"))).isZero();
		assertThat(find("switch on").alias()).isNotNull();
	}

	@Test
	void removedEntryHasNoAlias() {
		put("turn on");
		remember("switch on", RECORD);
		store().remove(key("turn on"));
		assertThat(find("switch on").alias()).isNull();
	}

	@Test
	void aliasExpiresWithItsEntry() {
		put("turn on");
		elapse(Entries.TTL.dividedBy(2));
		remember("switch on", RECORD);
		elapse(Entries.TTL.dividedBy(2).minusSeconds(30));
		assertThat(find("switch on").alias()).isNotNull();
		elapse(Duration.ofSeconds(30));
		assertThat(find("switch on").alias()).isNull();
	}

	@Test
	void entryThatIsStoredAgainHasNoAlias() {
		put("turn on");
		remember("switch on", RECORD);
		elapse(Duration.ofSeconds(1));
		put("turn on");
		assertThat(find("switch on").alias()).isNull();
	}

	@Test
	void entryInAnotherGroupHasNoAlias() {
		CacheEntry entry = put("turn on");
		remember("switch on", RECORD);
		assertThat(store().regroup(key("turn on"), entry.group(), "00112233445566ff", find("turn on").generation()))
			.isTrue();
		assertThat(find("switch on").alias()).isNull();
		remember("switch on", RECORD);
		assertThat(alias("switch on").entry().group()).isEqualTo("00112233445566ff");
	}

	@Test
	void entryThatIsGoneIsNotRemembered() {
		put("turn on");
		CacheEntry entry = stored("turn on");
		store().remove(key("turn on"));
		aliases().remember(key("switch on"), new Alias(key("turn on").digest(), entry, 0.875, BASIS, null));
		assertThat(find("switch on").alias()).isNull();
		put("turn on");
		assertThat(find("switch on").alias()).isNull();
	}

	@Test
	void latestAliasesOfAnEntryAreKept() {
		put("turn on");
		for (int i = 0; i < AliasStore.MOST_ALIASES; i++) {
			remember("wording " + i, RECORD);
		}
		remember("wording 0", RECORD);
		remember("one more", RECORD);
		assertThat(find("wording 1").alias()).isNull();
		for (String wording : List.of("wording 0", "wording 2", "wording 15", "one more")) {
			assertThat(find(wording).alias()).as(wording).isNotNull();
		}
	}

	@Test
	void aliasIsNoEntry() {
		put("turn on");
		remember("switch on", RECORD);
		assertThat(store().usage().get("support")).isNotNull().extracting(StoreUsage::entries).isEqualTo(1L);
		assertThat(store().findSimilar(PARTITION, Entries.vector(0), 5, -1)).hasSize(1);
		assertThat(store().evict(EvictionSelector.all().withPrompt("switch on"))).isZero();
		assertThat(store().evict(EvictionSelector.all())).isOne();
	}

	private CacheEntry put(String prompt) {
		CacheEntry entry = this.entries.entry(prompt, "answer to " + prompt, Entries.vector(0), Set.of("red"));
		assertThat(store().put(key(prompt), entry, find(prompt).generation())).isTrue();
		return stored(prompt);
	}

	private void remember(String wording, @Nullable MatchRecord matchRecord) {
		CacheKey key = key("turn on");
		aliases().remember(key(wording), new Alias(key.digest(), stored("turn on"), 0.875, BASIS, matchRecord));
	}

	private CacheEntry stored(String prompt) {
		CacheEntry entry = find(prompt).entry();
		assertThat(entry).isNotNull();
		return Objects.requireNonNull(entry);
	}

	private AliasStore aliases() {
		return (AliasStore) store();
	}

	private Alias alias(String wording) {
		Alias alias = find(wording).alias();
		assertThat(alias).isNotNull();
		return Objects.requireNonNull(alias);
	}

	private CacheStore.Finding find(String prompt) {
		return find(PARTITION, prompt);
	}

	private CacheStore.Finding find(Partition partition, String prompt) {
		return store().find(Entries.key(partition, prompt));
	}

	private static CacheKey key(String prompt) {
		return Entries.key(PARTITION, prompt);
	}

}
