package io.github.llmcache.sample.replay;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;

import io.github.llmcache.answer.AnswerEquivalence.Verdict;
import io.github.llmcache.judge.EquivalenceJudge;
import io.github.llmcache.prompt.PromptNormalizer;

/**
 * Takes the place of a model that judges: knows the key of each recorded prompt, and errs
 * at a given rate. The same question always gets the same verdict. Whether it is wrong
 * does not depend on other verdicts, not even on that for the two prompts the other way
 * round. For prompts that were not recorded there is no verdict.
 */
final class KeyJudge implements EquivalenceJudge {

	private final double errorRate;

	private final long seed;

	private final Map<List<String>, Set<String>> keys = new HashMap<>();

	private final AtomicLong calls = new AtomicLong();

	/**
	 * Create a judge.
	 * @param errorRate share of verdicts that are the opposite of the right one, between
	 * 0 and 1
	 * @param seed determines which ones
	 */
	KeyJudge(double errorRate, long seed) {
		this.errorRate = errorRate;
		this.seed = seed;
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
	public Verdict judge(Inquiry inquiry) {
		this.calls.incrementAndGet();
		List<String> prompt = key(inquiry.task(), inquiry.prompt());
		List<String> cachedPrompt = key(inquiry.task(), inquiry.cachedPrompt());
		Set<String> keysOfPrompt = this.keys.getOrDefault(prompt, Set.of());
		Set<String> keysOfCached = this.keys.getOrDefault(cachedPrompt, Set.of());
		if (keysOfPrompt.isEmpty() || keysOfCached.isEmpty()) {
			return Verdict.UNKNOWN;
		}
		boolean same = keysOfPrompt.stream().anyMatch(keysOfCached::contains);
		return Verdict.of(same != isWrong(List.of(prompt, cachedPrompt)));
	}

	private boolean isWrong(List<List<String>> question) {
		return new SplittableRandom(this.seed * 31 + question.hashCode()).nextDouble() < this.errorRate;
	}

	/**
	 * How often it was asked.
	 */
	long calls() {
		return this.calls.get();
	}

	private static List<String> key(String task, String prompt) {
		return List.of(task, PromptNormalizer.normalize(prompt));
	}

}
