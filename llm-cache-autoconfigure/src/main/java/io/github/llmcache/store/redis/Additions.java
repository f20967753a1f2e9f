package io.github.llmcache.store.redis;

import java.util.function.BiConsumer;

/**
 * What was added to the index of a partition after some sequence, oldest first.
 *
 * @param since the sequence
 * @param limit how many were asked for
 * @param reply digest, sequence and embedding of each; no embedding if the entry is gone
 */
record Additions(long since, int limit, Reply reply) {

	private static final int FIELDS = 3;

	private static final double TOLERANCE = 0.01;

	/**
	 * Whether there is nothing more to ask for.
	 */
	boolean areAll() {
		return this.reply.size() / FIELDS < this.limit;
	}

	/**
	 * The highest sequence.
	 */
	long lastSequence() {
		return (this.reply.size() > 0) ? this.reply.number(this.reply.size() - FIELDS + 1) : this.since;
	}

	/**
	 * Do something with each vector, but for those that are no embedding.
	 */
	void forEachVector(BiConsumer<String, float[]> action) {
		for (int i = 0; i < this.reply.size(); i += FIELDS) {
			byte[] embedding = this.reply.bytes(i + 2);
			float[] vector = (embedding != null) ? EntryFormat.vector(embedding) : null;
			if (vector != null && isOfLengthOne(vector)) {
				action.accept(this.reply.text(i), vector);
			}
		}
	}

	private static boolean isOfLengthOne(float[] vector) {
		double square = 0;
		for (float element : vector) {
			square += element * element;
		}
		return Math.abs(square - 1) < TOLERANCE;
	}

}
