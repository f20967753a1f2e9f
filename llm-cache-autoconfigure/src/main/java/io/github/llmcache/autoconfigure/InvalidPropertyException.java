package io.github.llmcache.autoconfigure;

import io.github.llmcache.diagnostics.ExplainedFailure;

/**
 * A property has a value that it cannot have.
 */
final class InvalidPropertyException extends IllegalArgumentException implements ExplainedFailure {

	private final String problem;

	private final String remedy;

	/**
	 * Create the exception.
	 * @param property the full name of the property
	 * @param value its value
	 * @param remedy what to do, as one sentence
	 */
	InvalidPropertyException(String property, Object value, String remedy) {
		this("The property '" + property + "' is '" + value + "'.", remedy);
	}

	private InvalidPropertyException(String problem, String remedy) {
		super(problem + " " + remedy);
		this.problem = problem;
		this.remedy = remedy;
	}

	@Override
	public String getProblem() {
		return this.problem;
	}

	@Override
	public String getRemedy() {
		return this.remedy;
	}

}
