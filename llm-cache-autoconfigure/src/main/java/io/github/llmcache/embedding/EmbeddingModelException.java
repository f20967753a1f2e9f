package io.github.llmcache.embedding;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.diagnostics.SetupException;

/**
 * Thrown at start-up when an embedding model cannot be used as it is configured.
 * <p>
 * {@link #getProblem()} names the model and one fact, {@link #getRemedy()} is one
 * imperative sentence; the message holds both. Public because each package with an
 * embedder throws it.
 */
public class EmbeddingModelException extends SetupException {

	/**
	 * An exception without a cause.
	 * @param location where the model is, or its name
	 * @param fact what is wrong
	 * @param remedy what to do about it
	 */
	public EmbeddingModelException(String location, String fact, String remedy) {
		this(location, fact, remedy, null);
	}

	/**
	 * An exception with a cause.
	 * @param location where the model is, or its name
	 * @param fact what is wrong
	 * @param remedy what to do about it
	 * @param cause what was thrown, or {@code null}
	 */
	public EmbeddingModelException(String location, String fact, String remedy, @Nullable Throwable cause) {
		super("Embedding model '" + location + "': " + fact + ".", remedy, cause);
	}

}
