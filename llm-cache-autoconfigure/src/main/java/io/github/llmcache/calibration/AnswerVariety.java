package io.github.llmcache.calibration;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.github.llmcache.store.Candidate;

/**
 * Knows which tasks have more than a few different answers. Where many questions share
 * few answers (a sentiment, a grade), neighbours have the same one by chance, and do not
 * corroborate it. Safe for use by many threads.
 */
final class AnswerVariety {

	/** How many different answers have to be seen among the candidates of a task. */
	private static final int FEWEST = 10;

	/** The number of tasks whose answers are counted. */
	private static final int MAX_TASKS = 1_000;

	/** Groups of answers by task. */
	private final Map<String, Set<String>> answers = new ConcurrentHashMap<>();

	/**
	 * Count the candidates' answers.
	 * @return whether the task is known to have enough of them
	 */
	boolean isEnough(String task, List<Candidate> candidates) {
		Set<String> seen = this.answers.get(task);
		if (seen == null) {
			if (this.answers.size() >= MAX_TASKS) {
				return false;
			}
			seen = this.answers.computeIfAbsent(task, (name) -> ConcurrentHashMap.newKeySet());
		}
		for (int i = 0; i < candidates.size() && seen.size() < FEWEST; i++) {
			seen.add(candidates.get(i).entry().group());
		}
		return seen.size() >= FEWEST;
	}

	/**
	 * Whether the task would be known to have enough of them, without counting.
	 */
	boolean wouldBeEnough(String task, List<Candidate> candidates) {
		Set<String> seen = new HashSet<>(this.answers.getOrDefault(task, Set.of()));
		candidates.forEach((candidate) -> seen.add(candidate.entry().group()));
		return seen.size() >= FEWEST;
	}

}
