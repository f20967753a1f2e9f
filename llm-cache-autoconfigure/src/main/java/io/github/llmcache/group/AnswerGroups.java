package io.github.llmcache.group;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.answer.AnswerEquivalence.Verdict;
import io.github.llmcache.correction.Refusals;
import io.github.llmcache.event.FailureEvent.Part;
import io.github.llmcache.failure.FailureReporter;
import io.github.llmcache.store.CacheEntry;
import io.github.llmcache.store.CacheKey;
import io.github.llmcache.store.Candidate;
import io.github.llmcache.store.SemanticCacheStore;

/**
 * Puts stored answers into the groups of those that say the same, in the background. An
 * answer is compared with those whose prompts are most similar to its own, with one of
 * each group, and joins the first that says the same.
 */
public final class AnswerGroups {

	/** How many groups an answer is compared with; a judge may be slow and cost money. */
	private static final int MOST_COMPARED = 5;

	private final SemanticCacheStore store;

	private final Refusals refusals;

	private final FailureReporter failures;

	/**
	 * Create the groups.
	 * @param store where entries live
	 * @param refusals which answers must not be taken for the same
	 * @param failures is notified of failures
	 */
	public AnswerGroups(SemanticCacheStore store, Refusals refusals, FailureReporter failures) {
		this.store = store;
		this.refusals = refusals;
		this.failures = failures;
	}

	/**
	 * Find the group of a stored answer, and note it in the store. Takes as long as the
	 * judge does.
	 * @param fresh the answer
	 * @param key where it is stored
	 * @param generation the partition's generation before it was loaded
	 * @param minSimilarity lowest cosine similarity of prompts whose answers are compared
	 */
	public void join(FreshAnswer fresh, CacheKey key, long generation, double minSimilarity) {
		float[] embedding = fresh.entry().embedding();
		if (embedding == null) {
			return;
		}
		List<Candidate> near = this.failures.attempt(Part.STORE, "search", fresh.task(),
				() -> this.store.findSimilar(key.partition(), embedding, MOST_COMPARED + 1, minSimilarity), List.of());
		String group = group(fresh, others(near, key, fresh));
		if (group != null && !group.equals(fresh.entry().group())) {
			this.failures.attempt(Part.STORE, "regroup", fresh.task(),
					() -> this.store.regroup(key, fresh.entry().group(), group, generation), false);
		}
	}

	/**
	 * The other entries, first those that are known to say the same.
	 */
	private List<CacheEntry> others(List<Candidate> near, CacheKey key, FreshAnswer fresh) {
		return near.stream()
			.filter((candidate) -> !candidate.key().equals(key))
			.map(Candidate::entry)
			.filter(this.refusals.of(key.partition(), fresh.entry().prompt()).negate())
			.sorted(Comparator.comparing((entry) -> fresh.known(entry) != Verdict.SAME))
			.toList();
	}

	private @Nullable String group(FreshAnswer fresh, List<CacheEntry> others) {
		Set<String> compared = new HashSet<>();
		for (CacheEntry other : others) {
			if (compared.add(other.group()) && this.failures.attempt(Part.AUDIT, fresh.task(),
					() -> fresh.compare(other), Verdict.UNKNOWN) == Verdict.SAME) {
				return other.group();
			}
		}
		return null;
	}

}
