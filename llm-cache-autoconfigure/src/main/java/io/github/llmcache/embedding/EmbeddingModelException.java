package io.github.llmcache.embedding;

import org.jspecify.annotations.Nullable;

/**
 * Thrown at start-up when an embedding model cannot be used as it is configured.
 * <p>
 * The message is one fact, {@link #getLocation()} the model it is about and
 * {@link #getRemedy()} what to do, as one imperative sentence.
 */
public class EmbeddingModelException extends RuntimeException {

	private final String location;

	private final String remedy;

	/**
	 * An exception without a cause.
	 * @param location where the model lies, or its name
	 * @param fact what is wrong
	 * @param remedy what to do about it
	 */
	public EmbeddingModelException(String location, String fact, String remedy) {
		this(location, fact, remedy, null);
	}

	/**
	 * An exception with a cause.
	 * @param location where the model lies, or its name
	 * @param fact what is wrong
	 * @param remedy what to do about it
	 * @param cause what was thrown, or {@code null}
	 */
	public EmbeddingModelException(String location, String fact, String remedy, @Nullable Throwable cause) {
		super("Embedding model '" + location + "': " + fact + ". " + remedy, cause);
		this.location = location;
		this.remedy = remedy;
	}

	/**
	 * Where the model lies, or its name.
	 * @return a path, a place on the classpath or a name
	 */
	public String getLocation() {
		return this.location;
	}

	/**
	 * What to do about it.
	 * @return one imperative sentence
	 */
	public String getRemedy() {
		return this.remedy;
	}

}
