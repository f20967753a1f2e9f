package io.github.llmcache.diagnostics;

import org.jspecify.annotations.Nullable;

/**
 * A mistake in the setup, whose message is the problem and the remedy.
 */
public abstract class SetupException extends RuntimeException implements ExplainedFailure {

	private final String problem;

	private final String remedy;

	/**
	 * For subclasses, which know what is wrong.
	 * @param problem one sentence, which quotes the value that it is about
	 * @param remedy one imperative sentence
	 * @param cause what was thrown, or {@code null}
	 */
	protected SetupException(String problem, String remedy, @Nullable Throwable cause) {
		super(problem + " " + remedy, cause);
		this.problem = problem;
		this.remedy = remedy;
	}

	@Override
	public final String getProblem() {
		return this.problem;
	}

	@Override
	public final String getRemedy() {
		return this.remedy;
	}

}
