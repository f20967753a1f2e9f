package io.github.llmcache.match;

import io.github.llmcache.policy.CachePolicy;

/**
 * What a call asks for, by which candidates are found and judged.
 *
 * @param task the task
 * @param prompt the prompt, normalised
 * @param policy what applies to the call
 */
public record Question(String task, String prompt, CachePolicy policy) {

	/**
	 * The same under another policy.
	 * @param newPolicy the policy
	 * @return a copy
	 */
	public Question with(CachePolicy newPolicy) {
		return new Question(this.task, this.prompt, newPolicy);
	}

	/**
	 * The same for another prompt.
	 * @param newPrompt the prompt, normalised
	 * @return a copy
	 */
	public Question with(String newPrompt) {
		return new Question(this.task, newPrompt, this.policy);
	}

	/**
	 * The same where the model has to be surer, or need not be so sure.
	 */
	Question with(double minProbability) {
		return with(this.policy.mutate().accuracy(this.policy.accuracy().withMinProbability(minProbability)).build());
	}

	double minProbability() {
		return this.policy.accuracy().minProbability();
	}

	/**
	 * Task only: prompts do not appear in log lines.
	 */
	@Override
	public String toString() {
		return "Question[task=" + this.task + "]";
	}

}
