package io.github.llmcache.autoconfigure.properties;

import io.github.llmcache.diagnostics.SetupException;

/**
 * A property has a value that it cannot have.
 */
public final class InvalidPropertyException extends SetupException {

	/**
	 * Create the exception.
	 * @param property the full name of the property
	 * @param value its value
	 * @param remedy what to do, as one sentence
	 */
	public InvalidPropertyException(String property, Object value, String remedy) {
		super("The property '" + property + "' is '" + value + "'.", remedy, null);
	}

}
