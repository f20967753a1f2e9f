package io.github.llmcache.store.redis;

import io.github.llmcache.store.StoreRefusedException;

/**
 * The user of Redis may not run a command, or not on the cache's keys.
 */
public class MissingRightsException extends StoreRefusedException {

	private final String answer;

	MissingRightsException(String answer, Throwable cause) {
		super("the user of Redis may not do this (NOPERM); grant what the README lists under 'Least rights'", cause);
		this.answer = answer;
	}

	/**
	 * What the server said.
	 * @return its error
	 */
	public String getAnswer() {
		return this.answer;
	}

}
