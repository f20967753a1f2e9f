package io.github.llmcache.sharing;

import io.github.llmcache.store.CacheKey;

/**
 * What a call of a scope may have in common with other scopes.
 *
 * @param task the task
 * @param shared the address of the prompt that is the same for all scopes
 * @param own the address of the prompt in the scope itself
 * @param prompt the prompt, normalised
 * @param scopes how many scopes have to have an equal answer; at least 2
 */
public record Sharing(String task, CacheKey shared, CacheKey own, String prompt, int scopes) {

	/**
	 * Task only: prompts do not appear in log lines.
	 */
	@Override
	public String toString() {
		return "Sharing[task=" + this.task + ", scopes=" + this.scopes + "]";
	}

}
