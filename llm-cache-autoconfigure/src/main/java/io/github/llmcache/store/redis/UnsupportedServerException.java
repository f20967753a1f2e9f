package io.github.llmcache.store.redis;

import io.github.llmcache.diagnostics.SetupException;

/**
 * Vector sets were asked for, and the server has none.
 */
final class UnsupportedServerException extends SetupException {

	UnsupportedServerException(String answer) {
		super("The property 'llm-cache.redis.search' is 'vector-set', and the server answered: '" + answer + "'.",
				"Use Redis 8 or later with a user that may run VADD, VSIM, VREM and VCARD, or set"
						+ " llm-cache.redis.search=auto.",
				null);
	}

}
