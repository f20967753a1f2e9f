package io.github.llmcache.key;

/**
 * Writes arguments so that equal values give equal bytes, in every JVM, and different
 * values different ones.
 */
final class CanonicalJson {

	/**
	 * Far beyond any prompt context; ends the walk through a container's object graph.
	 */
	static final int MAX_BYTES = 16 << 20;

	private CanonicalJson() {
	}

	static byte[] write(Argument argument) {
		Object value = argument.value();
		try {
			return CanonicalWriter.write(value, argument.without(), MAX_BYTES);
		}
		catch (RuntimeException | StackOverflowError ex) {
			throw new UncacheableArgumentException(argument.name(), (value != null) ? value.getClass() : Object.class,
					(ex instanceof NotCanonicalException) ? ex.getMessage() : null, ex);
		}
	}

}
