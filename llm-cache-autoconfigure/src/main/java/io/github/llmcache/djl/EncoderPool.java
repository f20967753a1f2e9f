package io.github.llmcache.djl;

import java.time.Duration;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import io.github.llmcache.embedding.EmbeddingUnavailableException;
import io.github.llmcache.embedding.ModelBusyException;
import org.jspecify.annotations.Nullable;

/**
 * A fixed number of encoders, lent first come, first served. When enough threads wait for
 * one, the next is refused at once. Closing waits for those that are lent: native memory
 * is never freed under a running call.
 */
final class EncoderPool {

	/** How many threads may wait for each encoder. */
	static final int QUEUE = 8;

	private final Deque<Encoder> idle;

	private final int size;

	private final Semaphore permits;

	/** One for each thread that has an encoder or may wait for one. */
	private final Semaphore places;

	private final Duration maxWait;

	private volatile boolean closed;

	EncoderPool(List<Encoder> encoders, Duration maxWait) {
		this.idle = new ConcurrentLinkedDeque<>(encoders);
		this.size = encoders.size();
		this.permits = new Semaphore(this.size, true);
		this.places = new Semaphore(this.size * (1 + QUEUE));
		this.maxWait = maxWait;
	}

	<R extends @Nullable Object> R use(Function<Encoder, R> work) {
		if (!this.places.tryAcquire()) {
			throw new ModelBusyException("As many texts as allowed wait for the model: " + this.size * QUEUE);
		}
		try {
			return useInTurn(work);
		}
		finally {
			this.places.release();
		}
	}

	private <R extends @Nullable Object> R useInTurn(Function<Encoder, R> work) {
		acquire();
		try {
			checkOpen();
			Encoder encoder = this.idle.pop();
			try {
				return work.apply(encoder);
			}
			finally {
				this.idle.push(encoder);
			}
		}
		finally {
			this.permits.release();
		}
	}

	void checkOpen() {
		if (this.closed) {
			throw new IllegalStateException("The embedder is closed");
		}
	}

	private void acquire() {
		try {
			if (!this.permits.tryAcquire(this.maxWait.toNanos(), TimeUnit.NANOSECONDS)) {
				throw new ModelBusyException("The model was busy for " + this.maxWait);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new EmbeddingUnavailableException("Interrupted while waiting for the embedding model", ex);
		}
	}

	/**
	 * Wait for the encoders that are lent and close all.
	 * @return whether this call closed them, not an earlier one
	 */
	boolean close() {
		this.closed = true;
		this.permits.acquireUninterruptibly(this.size);
		try {
			boolean first = !this.idle.isEmpty();
			this.idle.forEach(Encoder::close);
			this.idle.clear();
			return first;
		}
		finally {
			this.permits.release(this.size);
		}
	}

}
