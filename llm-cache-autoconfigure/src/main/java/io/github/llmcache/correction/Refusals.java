package io.github.llmcache.correction;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.event.FailureEvent.Part;
import io.github.llmcache.failure.FailureReporter;
import io.github.llmcache.language.Courtesies;
import io.github.llmcache.platform.Sha256;
import io.github.llmcache.prompt.PromptFolding;
import io.github.llmcache.prompt.PromptNormalizer;
import io.github.llmcache.store.CacheEntry;
import io.github.llmcache.store.CacheStore;
import io.github.llmcache.store.FeedbackStore;
import io.github.llmcache.store.Partition;

/**
 * Knows which answers were wrong for which prompts: pairs of prompts that must not be
 * matched, and groups of answers that a prompt must not be given. Prompts are compared
 * without case, sentence punctuation and courtesies, and kept as digests.
 */
public final class Refusals {

	/** Why a candidate is not served. */
	public static final String REASON = "feedback";

	private static final int DIGITS = 16;

	private final @Nullable FeedbackStore store;

	private final FailureReporter failures;

	/**
	 * Create the refusals of a store.
	 * @param store where refusals are kept; nothing is refused unless it is a
	 * {@link FeedbackStore}
	 * @param failures is notified of failures
	 */
	public Refusals(CacheStore store, FailureReporter failures) {
		this.store = (store instanceof FeedbackStore feedbackStore) ? feedbackStore : null;
		this.failures = failures;
	}

	/**
	 * Which entries of a partition a prompt must not be served, as of the last lookup in
	 * it. All of them if that cannot be found out.
	 * @param partition the partition
	 * @param prompt the prompt, normalised
	 * @return {@code true} for what is refused
	 */
	public Predicate<CacheEntry> of(Partition partition, String prompt) {
		Set<String> refused = refused(partition);
		if (refused == null) {
			return (entry) -> true;
		}
		if (refused.isEmpty()) {
			return (entry) -> false;
		}
		String asked = digest(partition, prompt);
		boolean grouped = refused.stream().anyMatch((refusal) -> refusal.startsWith(asked + '='));
		return (entry) -> refused.contains(pair(asked, digest(partition, entry.prompt())))
				|| (grouped && groups(asked, entry).stream().anyMatch(refused::contains));
	}

	/**
	 * Whether two prompts of a partition must not be matched.
	 * @param partition the partition
	 * @param prompt one of them, normalised
	 * @param other the other one, normalised
	 * @return whether one must not be served the answer to the other
	 */
	public boolean separate(Partition partition, String prompt, String other) {
		Set<String> refused = refused(partition);
		return refused == null
				|| (!refused.isEmpty() && refused.contains(pair(digest(partition, prompt), digest(partition, other))));
	}

	private @Nullable Set<String> refused(Partition partition) {
		FeedbackStore feedbackStore = this.store;
		return (feedbackStore == null) ? Set.of() : this.failures.<@Nullable Set<String>>attempt(Part.STORE, "refusals",
				partition.task(), () -> feedbackStore.refusals(partition), null);
	}

	/**
	 * The refusals that follow if an answer is wrong.
	 * @param prompts digests of the prompts that it is wrong for
	 * @param entryPrompt digest of the prompt that it was stored for
	 * @param entry the answer, if it is still there
	 */
	static Set<String> of(Set<String> prompts, String entryPrompt, @Nullable CacheEntry entry) {
		Set<String> refusals = new HashSet<>();
		for (String prompt : prompts) {
			if (!prompt.equals(entryPrompt)) {
				refusals.add(pair(prompt, entryPrompt));
			}
			if (entry != null) {
				refusals.addAll(groups(prompt, entry));
			}
		}
		return refusals;
	}

	/**
	 * A digest of a prompt in a partition, the same for all prompts that differ from it
	 * in case, sentence punctuation and courtesies only.
	 */
	static String digest(Partition partition, String prompt) {
		String bare = PromptFolding.fold(Courtesies.strip(PromptNormalizer.normalize(prompt)));
		return Sha256.hex(partition.id() + '\n' + bare).substring(0, DIGITS);
	}

	private static String pair(String one, String other) {
		return (one.compareTo(other) < 0) ? one + '~' + other : other + '~' + one;
	}

	/**
	 * The group that an answer is in by now, and that of answers equal to it, which are
	 * in this group when they are stored.
	 */
	private static List<String> groups(String prompt, CacheEntry entry) {
		return List.of(prompt + '=' + entry.group(), prompt + '=' + entry.groupOfEqualAnswers());
	}

}
