package io.github.llmcache.embedding;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Keeps the vectors of recent texts, so that a repeated text is not embedded again.
 * <p>
 * Threads that need the same text at the same time share one computation and its failure.
 * Threads that need different texts never wait for each other. When as many computations
 * are under way as allowed, the next one is refused at once with a
 * {@link ModelBusyException}. A text that is too long for the model, or longer than 8,192
 * characters, is not kept, nor is a failure. Closing it forgets all vectors and closes
 * the embedder behind it.
 */
public final class CachingTextEmbedder implements TextEmbedder, AutoCloseable {

	/**
	 * How many computations may be under way at once by default, including those that
	 * wait for their turn in the embedder behind.
	 */
	public static final int DEFAULT_MAXIMUM_RUNNING = 256;

	private static final int MAX_CHARACTERS = 8192;

	private final TextEmbedder delegate;

	private final Cache<String, float @Nullable []> vectors;

	private final ConcurrentMap<String, CompletableFuture<float @Nullable []>> running = new ConcurrentHashMap<>();

	private final Semaphore free;

	/**
	 * Keep the vectors of a number of texts.
	 * @param delegate the embedder behind
	 * @param maximumSize how many texts, 0 for none; each needs four bytes per dimension
	 * and its own length
	 */
	public CachingTextEmbedder(TextEmbedder delegate, int maximumSize) {
		this(delegate, maximumSize, DEFAULT_MAXIMUM_RUNNING);
	}

	/**
	 * Keep the vectors of a number of texts, and limit how much is computed at once.
	 * @param delegate the embedder behind
	 * @param maximumSize how many texts, 0 for none; each needs four bytes per dimension
	 * and its own length
	 * @param maximumRunning how many computations may be under way at once, at least 1
	 */
	public CachingTextEmbedder(TextEmbedder delegate, int maximumSize, int maximumRunning) {
		Assert.isTrue(maximumSize >= 0, () -> "maximumSize must not be negative, but is " + maximumSize);
		Assert.isTrue(maximumRunning >= 1, () -> "maximumRunning must be at least 1, not " + maximumRunning);
		this.delegate = delegate;
		this.vectors = Caffeine.newBuilder().maximumSize(maximumSize).executor(Runnable::run).build();
		this.free = new Semaphore(maximumRunning);
	}

	@Override
	public float @Nullable [] embed(String text) {
		if (!isKept(text)) {
			return compute(text);
		}
		float[] kept = this.vectors.getIfPresent(text);
		if (kept != null) {
			return kept;
		}
		CompletableFuture<float @Nullable []> own = new CompletableFuture<>();
		CompletableFuture<float @Nullable []> other = this.running.putIfAbsent(text, own);
		return (other != null) ? await(text, other) : embed(text, own);
	}

	private float @Nullable [] embed(String text, CompletableFuture<float @Nullable []> own) {
		try {
			// another thread may have been faster
			float[] vector = this.vectors.getIfPresent(text);
			if (vector == null) {
				vector = compute(text);
				keep(text, vector);
			}
			this.running.remove(text);
			own.complete(vector);
			return vector;
		}
		catch (Throwable ex) {
			this.running.remove(text);
			if (Thread.currentThread().isInterrupted()) {
				own.cancel(false);
			}
			else {
				own.completeExceptionally(ex);
			}
			throw ex;
		}
	}

	private float @Nullable [] await(String text, CompletableFuture<float @Nullable []> other) {
		try {
			return other.get();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new EmbeddingUnavailableException("Interrupted while another thread embeds the text", ex);
		}
		catch (CancellationException ex) {
			// the other thread was interrupted, which says nothing about the model
			return embed(text);
		}
		catch (ExecutionException ex) {
			if (ex.getCause() instanceof ModelBusyException busy) {
				throw busy;
			}
			throw new EmbeddingUnavailableException("Another thread failed to embed the text", ex.getCause());
		}
	}

	private float @Nullable [] compute(String text) {
		if (!this.free.tryAcquire()) {
			throw new ModelBusyException("Too many texts are being embedded");
		}
		try {
			return this.delegate.embed(text);
		}
		finally {
			this.free.release();
		}
	}

	private void keep(String text, float @Nullable [] vector) {
		if (vector != null && isKept(text)) {
			this.vectors.put(text, vector);
		}
	}

	private static boolean isKept(String text) {
		return text.length() <= MAX_CHARACTERS;
	}

	@Override
	public int dimensions() {
		return this.delegate.dimensions();
	}

	@Override
	public String fingerprint() {
		return this.delegate.fingerprint();
	}

	@Override
	public void close() throws Exception {
		this.vectors.invalidateAll();
		if (this.delegate instanceof AutoCloseable closeable) {
			closeable.close();
		}
	}

}
