package io.github.llmcache.transfer;

/**
 * A line cannot be imported. The lines before it have been; the message says what to do.
 */
public final class TransferException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final long line;

	TransferException(long line, String problem) {
		super("Line " + line + " " + problem);
		this.line = line;
	}

	/**
	 * The line.
	 * @return its number, from 1
	 */
	public long line() {
		return this.line;
	}

}
