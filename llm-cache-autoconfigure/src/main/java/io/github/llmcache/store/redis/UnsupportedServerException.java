package io.github.llmcache.store.redis;

/**
 * Vector sets were asked for, and the server has none.
 */
public class UnsupportedServerException extends IllegalStateException {

	private final String answer;

	UnsupportedServerException(String answer) {
		super("The Redis server has no vector sets that this user may use. It answered: " + answer);
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
