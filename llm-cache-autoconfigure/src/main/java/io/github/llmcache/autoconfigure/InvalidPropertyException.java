package io.github.llmcache.autoconfigure;

/**
 * A property has a value that it cannot have.
 */
public class InvalidPropertyException extends IllegalArgumentException {

	private final String property;

	private final Object value;

	private final String remedy;

	/**
	 * Create the exception.
	 * @param property the full name of the property
	 * @param value its value
	 * @param remedy what to do, as one sentence
	 */
	public InvalidPropertyException(String property, Object value, String remedy) {
		super("The property '" + property + "' is '" + value + "'. " + remedy);
		this.property = property;
		this.value = value;
		this.remedy = remedy;
	}

	/**
	 * The property.
	 * @return its full name
	 */
	public String getProperty() {
		return this.property;
	}

	/**
	 * The value.
	 * @return what it was set to
	 */
	public Object getValue() {
		return this.value;
	}

	/**
	 * What to do about it.
	 * @return one sentence
	 */
	public String getRemedy() {
		return this.remedy;
	}

}
