package io.github.llmcache.store.redis;

import io.github.llmcache.diagnostics.ExplainedFailure;

/**
 * Vector sets were asked for, and the server has none.
 */
final class UnsupportedServerException extends IllegalStateException implements ExplainedFailure {

	private final String answer;

	UnsupportedServerException(String answer) {
		super("The Redis server has no vector sets that this user may use. It answered: " + answer);
		this.answer = answer;
	}

	@Override
	public String getProblem() {
		return "The property 'llm-cache.redis.search' is 'vector-set', and the server answered: '" + this.answer + "'.";
	}

	@Override
	public String getRemedy() {
		return "Use Redis 8 or later with a user that may run VADD, VSIM, VREM and VCARD, or set"
				+ " llm-cache.redis.search=auto.";
	}

}
