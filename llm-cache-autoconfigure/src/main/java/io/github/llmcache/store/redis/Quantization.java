package io.github.llmcache.store.redis;

/**
 * The precision of the vectors in a vector set.
 */
public enum Quantization {

	/** Four bytes for each dimension: similarities are exact. */
	NONE("NOQUANT", Float.BYTES),

	/** One byte for each dimension: similarities are right to about 0.003. */
	INT8("Q8", Byte.BYTES);

	private final String option;

	private final int bytes;

	Quantization(String option, int bytes) {
		this.option = option;
		this.bytes = bytes;
	}

	/**
	 * The option of {@code VADD}.
	 */
	String option() {
		return this.option;
	}

	/**
	 * What a dimension takes.
	 */
	int bytes() {
		return this.bytes;
	}

}
