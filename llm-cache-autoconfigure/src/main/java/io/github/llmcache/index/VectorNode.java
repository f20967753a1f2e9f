package io.github.llmcache.index;

/**
 * One vector and where it is kept.
 */
final class VectorNode {

	/** Means "not there" for a slot or an ordinal. */
	static final int NOWHERE = -1;

	final String id;

	/** Only ever replaced by an equal array. */
	volatile float[] vector;

	/** Cleared, once, when the vector is replaced or removed; read without a lock. */
	volatile boolean live = true;

	/** Place in the {@link FlatSegment}; guarded by the index's monitor. */
	int slot = NOWHERE;

	/** Place in the {@link GraphSegment}; written by the thread that adds to it. */
	volatile int ordinal = NOWHERE;

	VectorNode(String id, float[] vector) {
		this.id = id;
		this.vector = vector;
	}

}
