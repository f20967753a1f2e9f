package io.github.llmcache.test.contract;

import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;

import io.github.llmcache.store.CacheEntry;
import io.github.llmcache.store.Candidate;
import io.github.llmcache.store.EvictionSelector;
import io.github.llmcache.store.Partition;
import io.github.llmcache.store.SemanticCacheStore;
import io.github.llmcache.test.MutableClock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * What every {@link SemanticCacheStore} does.
 */
public abstract class SemanticCacheStoreContract extends CacheStoreContract {

	private static final String GROUP = "00112233445566ff";

	@Override
	protected abstract SemanticCacheStore createStore(MutableClock clock);

	/**
	 * How far a similarity may be from the exact one. Override for a store that rounds
	 * vectors.
	 */
	protected double similarityTolerance() {
		return 1e-5;
	}

	@Test
	void emptyPartitionHasNothingSimilar() {
		assertThat(similar(PARTITION, 0, 5, -1)).isEmpty();
	}

	@Test
	void candidateIsFoundWithKeyEntryAndSimilarity() {
		CacheEntry entry = this.entries.entry("prompt", Entries.vector(0));
		put(PARTITION, entry);
		List<Candidate> candidates = similar(PARTITION, 60, 5, 0.4);
		assertThat(candidates).singleElement().satisfies((candidate) -> {
			assertThat(candidate.key()).isEqualTo(Entries.key(PARTITION, "prompt"));
			assertThat(candidate.entry()).usingRecursiveComparison().ignoringFields("embedding").isEqualTo(entry);
			assertThat(candidate.similarity()).isCloseTo(0.5, within(similarityTolerance()));
		});
	}

	@Test
	void candidatesComeMostSimilarFirstUpToTheLimit() {
		for (int degrees : new int[] { 50, 10, 40, 20, 30 }) {
			put(PARTITION, this.entries.entry(degrees + " degrees", Entries.vector(degrees)));
		}
		assertThat(prompts(similar(PARTITION, 0, 3, -1))).containsExactly("10 degrees", "20 degrees", "30 degrees");
		assertThat(prompts(similar(PARTITION, 0, 10, -1))).hasSize(5).startsWith("10 degrees").endsWith("50 degrees");
	}

	@Test
	void candidateBelowTheMinimumSimilarityIsNotFound() {
		put(PARTITION, this.entries.entry("59 degrees", Entries.vector(59)));
		put(PARTITION, this.entries.entry("61 degrees", Entries.vector(61)));
		put(PARTITION, this.entries.entry("opposite", Entries.vector(180)));
		assertThat(prompts(similar(PARTITION, 0, 5, 0.5))).containsExactly("59 degrees");
		assertThat(prompts(similar(PARTITION, 0, 5, -1))).containsExactly("59 degrees", "61 degrees", "opposite");
	}

	@Test
	void searchNeverLeavesThePartition() {
		List<Partition> others = List.of(Entries.partition("support", "large", "v1", "tenant-a"),
				Entries.partition("support", "small", "v2", "tenant-a"),
				Entries.partition("support", "small", "v1", "tenant-b"),
				Entries.partition("support", "small", "v1", null), Entries.partition("support"),
				Entries.partition("other", "small", "v1", "tenant-a"));
		for (Partition other : others) {
			put(other, this.entries.entry("prompt", Entries.vector(0)));
		}
		assertThat(similar(PARTITION, 0, 10, -1)).isEmpty();
		put(PARTITION, this.entries.entry("own", Entries.vector(90)));
		assertThat(prompts(similar(PARTITION, 0, 10, -1))).containsExactly("own");
	}

	@Test
	void entryWithoutEmbeddingIsNeverACandidate() {
		put(PARTITION, this.entries.entry("exact only"));
		assertThat(similar(PARTITION, 0, 5, -1)).isEmpty();
		put(PARTITION, this.entries.entry("prompt", Entries.vector(0)));
		assertThat(prompts(similar(PARTITION, 0, 5, -1))).containsExactly("prompt");
	}

	@Test
	void storingTheSamePromptReplacesTheVector() {
		put(PARTITION, this.entries.entry("prompt", Entries.vector(0)));
		put(PARTITION, this.entries.entry("prompt", Entries.vector(90)));
		assertThat(similar(PARTITION, 0, 5, 0.5)).isEmpty();
		assertThat(prompts(similar(PARTITION, 90, 5, -1))).containsExactly("prompt");
	}

	@Test
	void storingTheSamePromptWithoutEmbeddingTakesItOutOfTheSearch() {
		put(PARTITION, this.entries.entry("prompt", Entries.vector(0)));
		put(PARTITION, this.entries.entry("prompt"));
		assertThat(similar(PARTITION, 0, 5, -1)).isEmpty();
		assertThat(find(PARTITION, "prompt")).isNotNull();
	}

	@Test
	void expiredEntryIsNoCandidate() {
		put(PARTITION, this.entries.entry("old", Entries.vector(0)));
		elapse(Entries.TTL.minus(MOMENT));
		assertThat(prompts(similar(PARTITION, 0, 5, -1))).containsExactly("old");
		put(PARTITION, this.entries.entry("new", Entries.vector(45)));
		elapse(MOMENT);
		assertThat(prompts(similar(PARTITION, 0, 5, -1))).containsExactly("new");
	}

	@Test
	void expiredEntriesDoNotHideALiveOne() {
		for (int i = 0; i < 5; i++) {
			put(PARTITION, this.entries.entry("old " + i, Entries.vector(i)));
		}
		elapse(Entries.TTL.minus(MOMENT));
		put(PARTITION, this.entries.entry("new", Entries.vector(45)));
		elapse(MOMENT);
		assertThat(prompts(similar(PARTITION, 0, 5, -1))).containsExactly("new");
	}

	@Test
	void entryWithRetentionIsACandidateUntilThatIsOver() {
		CacheEntry entry = this.entries.keptEntry("kept", Entries.vector(0));
		put(PARTITION, entry);
		elapse(Entries.TTL);
		assertThat(similar(PARTITION, 0, 5, -1)).singleElement().satisfies((candidate) -> {
			assertThat(candidate.entry()).usingRecursiveComparison().ignoringFields("embedding").isEqualTo(entry);
			assertThat(candidate.entry().isExpired(this.clock.instant())).isTrue();
		});
		elapse(Entries.RETENTION.minus(MOMENT));
		assertThat(prompts(similar(PARTITION, 0, 5, -1))).containsExactly("kept");
		elapse(MOMENT);
		assertThat(similar(PARTITION, 0, 5, -1)).isEmpty();
	}

	@Test
	void goneEntriesDoNotHideOneThatIsKept() {
		put(PARTITION, this.entries.keptEntry("kept", Entries.vector(45)));
		for (int i = 0; i < 5; i++) {
			put(PARTITION, this.entries.entry("old " + i, Entries.vector(i)));
		}
		elapse(Entries.TTL);
		assertThat(prompts(similar(PARTITION, 0, 5, -1))).containsExactly("kept");
	}

	@Test
	void evictedEntryWithRetentionIsNoCandidate() {
		put(PARTITION, this.entries.keptEntry("kept", Entries.vector(0)));
		elapse(Entries.TTL);
		this.store.evict(EvictionSelector.all().withPrompt("kept"));
		assertThat(similar(PARTITION, 0, 5, -1)).isEmpty();
		put(PARTITION, this.entries.keptEntry("kept", Entries.vector(0)));
		elapse(Entries.TTL);
		this.store.evict(EvictionSelector.task("support"));
		assertThat(similar(PARTITION, 0, 5, -1)).isEmpty();
	}

	@Test
	void removedEntryIsNoCandidate() {
		put(PARTITION, this.entries.entry("gone", Entries.vector(0)));
		put(PARTITION, this.entries.entry("there", Entries.vector(45)));
		this.store.remove(Entries.key(PARTITION, "gone"));
		assertThat(prompts(similar(PARTITION, 0, 1, -1))).containsExactly("there");
	}

	@Test
	void evictedEntryIsNoCandidate() {
		put(PARTITION, this.entries.entry("gone", Entries.vector(0)));
		put(PARTITION, this.entries.entry("there", Entries.vector(45)));
		this.store.evict(EvictionSelector.all().withPrompt("gone"));
		assertThat(prompts(similar(PARTITION, 0, 5, -1))).containsExactly("there");
		this.store.evict(EvictionSelector.task("support"));
		assertThat(similar(PARTITION, 0, 5, -1)).isEmpty();
		put(PARTITION, this.entries.entry("gone", Entries.vector(0)));
		assertThat(prompts(similar(PARTITION, 0, 5, -1))).containsExactly("gone");
	}

	@Test
	void refusedAnswerIsNoCandidate() {
		long before = generation(PARTITION, "prompt");
		this.store.evict(EvictionSelector.all());
		this.store.put(Entries.key(PARTITION, "prompt"), this.entries.entry("prompt", Entries.vector(0)), before);
		assertThat(similar(PARTITION, 0, 5, -1)).isEmpty();
	}

	@Test
	void equalAnswersAreInOneGroupAndOthersAreNot() {
		put(PARTITION, this.entries.entry("one", "answer", Entries.vector(0), Set.of()));
		put(PARTITION, this.entries.entry("two", "answer", Entries.vector(10), Set.of()));
		put(PARTITION, this.entries.entry("three", "other answer", Entries.vector(20), Set.of()));
		assertThat(group("one")).isEqualTo(group("two")).isNotEqualTo(group("three"));
	}

	@Test
	void groupIsKeptWithTheEntry() {
		put(PARTITION, this.entries.entry("prompt", Entries.vector(0)).withGroup(GROUP));
		assertThat(group("prompt")).isEqualTo(GROUP);
		assertThat(similar(PARTITION, 0, 1, -1)).singleElement()
			.extracting((candidate) -> candidate.entry().group())
			.isEqualTo(GROUP);
	}

	@Test
	void regroupingChangesNothingButTheGroup() {
		CacheEntry entry = this.entries.keptEntry("prompt", Entries.vector(0));
		put(PARTITION, entry);
		elapse(MOMENT);
		assertThat(regroup("prompt", entry.group(), generation(PARTITION, "prompt"))).isTrue();
		assertThat(similar(PARTITION, 0, 5, -1)).singleElement()
			.extracting(Candidate::entry)
			.usingRecursiveComparison()
			.ignoringFields("embedding")
			.isEqualTo(entry.withGroup(GROUP));
		assertThat(found(PARTITION, "prompt").group()).isEqualTo(GROUP);
		assertThat(entryCount()).isOne();
		elapse(Entries.TTL.plus(Entries.RETENTION).minus(MOMENT.multipliedBy(2)));
		assertThat(find(PARTITION, "prompt")).isNotNull();
		elapse(MOMENT);
		assertThat(find(PARTITION, "prompt")).as("is gone when it would have been").isNull();
		assertThat(entryCount()).isZero();
	}

	@Test
	void entryInAnotherGroupIsNotRegrouped() {
		CacheEntry before = this.entries.entry("prompt", "old", Entries.vector(0), Set.of());
		put(PARTITION, before);
		put(PARTITION, this.entries.entry("prompt", "new", Entries.vector(0), Set.of()));
		String group = group("prompt");
		assertThat(regroup("prompt", before.group(), generation(PARTITION, "prompt"))).isFalse();
		assertThat(group("prompt")).isEqualTo(group);
		assertThat(regroup("unknown", before.group(), generation(PARTITION, "prompt"))).isFalse();
		assertThat(find(PARTITION, "unknown")).isNull();
	}

	@Test
	void nothingIsRegroupedAfterAnEviction() {
		put(PARTITION, this.entries.entry("prompt", Entries.vector(0)));
		put(PARTITION, this.entries.entry("other", Entries.vector(10)));
		String group = group("prompt");
		long before = generation(PARTITION, "prompt");
		this.store.evict(EvictionSelector.all().withPrompt("other"));
		assertThat(regroup("prompt", group, before)).isFalse();
		assertThat(group("prompt")).isEqualTo(group);
		this.store.evict(EvictionSelector.task("support"));
		assertThat(regroup("prompt", group, generation(PARTITION, "prompt"))).isFalse();
		assertThat(find(PARTITION, "prompt")).isNull();
		assertThat(similar(PARTITION, 0, 5, -1)).isEmpty();
	}

	private String group(String prompt) {
		return found(PARTITION, prompt).group();
	}

	private boolean regroup(String prompt, String group, long generation) {
		return ((SemanticCacheStore) this.store).regroup(Entries.key(PARTITION, prompt), group, GROUP, generation);
	}

	private List<Candidate> similar(Partition partition, double degrees, int limit, double minSimilarity) {
		return ((SemanticCacheStore) this.store).findSimilar(partition, Entries.vector(degrees), limit, minSimilarity);
	}

	private static List<String> prompts(List<Candidate> candidates) {
		return candidates.stream().map((candidate) -> candidate.entry().prompt()).toList();
	}

}
