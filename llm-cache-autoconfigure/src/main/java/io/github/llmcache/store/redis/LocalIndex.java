package io.github.llmcache.store.redis;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.index.Neighbour;
import io.github.llmcache.index.VectorIndex;

/**
 * The vectors of one partition in this JVM, and how far they follow the server.
 */
final class LocalIndex {

	/** Objects and pointers around a vector: its array, its digest, its place in maps. */
	private static final int OVERHEAD = 256;

	private static final long UNKNOWN = -1;

	private final VectorIndex vectors;

	private final int dimensions;

	/** Held by the thread that fills the index. */
	private final AtomicBoolean filling = new AtomicBoolean();

	private long epoch = UNKNOWN;

	private long sequence;

	private volatile boolean complete;

	private volatile boolean full;

	LocalIndex(VectorIndex vectors, int dimensions) {
		this.vectors = vectors;
		this.dimensions = dimensions;
	}

	AtomicBoolean filling() {
		return this.filling;
	}

	/**
	 * Whether it once had everything that the server had.
	 */
	boolean isComplete() {
		return this.complete;
	}

	/**
	 * Whether it takes no more vectors.
	 */
	boolean isFull() {
		return this.full;
	}

	void fill() {
		this.full = true;
		this.complete = true;
	}

	synchronized Position position() {
		return new Position(this.sequence, Float.BYTES * this.dimensions);
	}

	/**
	 * Whether the partition was evicted as a whole, or lost by the server, after this
	 * index was begun.
	 */
	synchronized boolean isOutdated(long currentEpoch) {
		return this.epoch != UNKNOWN && this.epoch != currentEpoch;
	}

	/**
	 * Add what is new.
	 * @return whether anything was new
	 */
	synchronized boolean apply(long currentEpoch, Additions additions) {
		if (this.epoch == UNKNOWN) {
			this.epoch = currentEpoch;
		}
		if (this.full || this.epoch != currentEpoch || additions.since() > this.sequence) {
			return false;
		}
		additions.forEachVector(this.vectors::put);
		long last = additions.lastSequence();
		if (last >= this.sequence) {
			this.sequence = last;
			this.complete = additions.areAll();
		}
		return last > additions.since();
	}

	/**
	 * Add what this instance stored. If that is next in order, it is not asked for again.
	 */
	synchronized void add(String digest, float[] vector, long newSequence) {
		if (!this.full) {
			this.vectors.put(digest, vector);
			if (this.complete && newSequence == this.sequence + 1) {
				this.sequence = newSequence;
			}
		}
	}

	/**
	 * Remove a vector, unless more was added since the server had that sequence: it may
	 * have been stored again.
	 */
	synchronized void remove(String digest, long asOf) {
		if (this.sequence <= asOf) {
			this.vectors.remove(digest);
		}
	}

	List<Neighbour> search(float[] query, int limit, double minSimilarity) {
		return this.vectors.search(query, limit, minSimilarity);
	}

	synchronized long estimatedBytes() {
		return this.vectors.estimatedBytes()
				+ (long) this.vectors.size() * (OVERHEAD + (long) Float.BYTES * this.dimensions);
	}

	/**
	 * How far an index follows the server.
	 *
	 * @param sequence of the last addition that it has
	 * @param embeddingBytes the size of an embedding that fits into it
	 */
	record Position(long sequence, int embeddingBytes) {

	}

	/**
	 * What was added to the index of a partition after some sequence, oldest first.
	 *
	 * @param since the sequence
	 * @param limit how many were asked for
	 * @param opener decrypts the stored embedding of a digest; gives {@code null} if it
	 * cannot
	 * @param reply digest, sequence and embedding of each; no embedding if the entry is
	 * gone
	 */
	record Additions(long since, int limit, Reply reply, BiFunction<String, byte[], byte @Nullable []> opener) {

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
		 * Do something with each vector, except for bytes that are not an embedding.
		 */
		void forEachVector(BiConsumer<String, float[]> action) {
			for (int i = 0; i < this.reply.size(); i += FIELDS) {
				byte[] stored = this.reply.bytes(i + 2);
				byte[] embedding = (stored != null) ? this.opener.apply(this.reply.text(i), stored) : null;
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

}
