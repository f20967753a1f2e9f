package io.github.llmcache.sample.replay;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

import io.github.llmcache.answer.AnswerEquivalence;
import io.github.llmcache.prompt.PromptNormalizer;

/**
 * Stands for a model as judge of answers: knows the key of each recorded prompt, and errs
 * at a given rate. Cannot tell of prompts that were not recorded. Judges while a replay
 * is running, on the thread of the replay.
 */
final class KeyJudge implements AnswerEquivalence {

	private final double errorRate;

	private final RandomGenerator random;

	private final Map<List<String>, Set<String>> keys = new HashMap<>();

	private final AtomicLong calls = new AtomicLong();

	/**
	 * Create a judge.
	 * @param errorRate share of verdicts that are the opposite of the right one, between
	 * 0 and 1
	 * @param random says which ones
	 */
	KeyJudge(double errorRate, RandomGenerator random) {
		this.errorRate = errorRate;
		this.random = random;
	}

	/**
	 * Learn which keys the prompts have.
	 */
	void learn(List<RecordedRequest> requests) {
		for (RecordedRequest request : requests) {
			this.keys.computeIfAbsent(key(request.task(), request.prompt()), (prompt) -> new HashSet<>())
				.add(request.answerKey());
		}
	}

	@Override
	public Verdict judge(Comparison comparison) {
		this.calls.incrementAndGet();
		Set<String> keysOfPrompt = keys(comparison.task(), comparison.prompt());
		Set<String> keysOfCached = keys(comparison.task(), comparison.cachedPrompt());
		if (keysOfPrompt.isEmpty() || keysOfCached.isEmpty()) {
			return Verdict.UNKNOWN;
		}
		boolean same = keysOfPrompt.stream().anyMatch(keysOfCached::contains);
		boolean wrong = this.random.nextDouble() < this.errorRate;
		return Verdict.of(same != wrong);
	}

	/**
	 * How often it was asked.
	 */
	long calls() {
		return this.calls.get();
	}

	private Set<String> keys(String task, String prompt) {
		return this.keys.getOrDefault(key(task, prompt), Set.of());
	}

	private static List<String> key(String task, String prompt) {
		return List.of(task, PromptNormalizer.normalize(prompt));
	}

}
