package io.github.llmcache.store.redis;

/**
 * How exactly a vector set keeps vectors.
 */
public enum Quantization {

	/** Four bytes for each dimension: similarities are exact. */
	NONE("NOQUANT"),

	/** One byte for each dimension: similarities are right to about 0.003. */
	INT8("Q8");

	private final String option;

	Quantization(String option) {
		this.option = option;
	}

	/**
	 * The option of {@code VADD}.
	 */
	String option() {
		return this.option;
	}

}
