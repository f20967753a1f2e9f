package io.github.llmcache.store.redis;

import io.github.llmcache.diagnostics.ExplainedFailure;
import io.github.llmcache.store.StoreRefusedException;

/**
 * The user of Redis may not run a command, or not on the cache's keys.
 */
final class MissingRightsException extends StoreRefusedException implements ExplainedFailure {

	private final String answer;

	MissingRightsException(String answer, Throwable cause) {
		super("the user of Redis may not do this (NOPERM); grant what docs/redis.md lists under 'Permissions'", cause);
		this.answer = answer;
	}

	@Override
	public String getProblem() {
		return "The user of Redis may not do what the cache needs. The server answered: '" + this.answer + "'.";
	}

	@Override
	public String getRemedy() {
		return "Grant the user the commands and the keys that docs/redis.md lists under 'Permissions', set"
				+ " llm-cache.redis.key-prefix to a prefix that it may use, or set llm-cache.store=memory.";
	}

}
