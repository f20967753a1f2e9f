package io.github.llmcache.embedding;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.llmcache.core.TextEmbedder;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Keeps the vectors of recent texts, so that a text that comes again is not embedded
 * again.
 * <p>
 * Threads that ask for one text at the same time share one computation, except in a
 * batch. A text that is too long for the model, or longer than 8,192 characters, is not
 * kept, nor is a failure. Closing forgets all vectors and closes the embedder behind.
 */
public final class CachingTextEmbedder implements TextEmbedder, AutoCloseable {

	/**
	 * How many vectors are kept by default: 15 MB with 384 dimensions.
	 */
	public static final int DEFAULT_MAXIMUM_SIZE = 10_000;

	private static final int MAX_CHARACTERS = 8192;

	private final TextEmbedder delegate;

	private final Cache<String, float @Nullable []> vectors;

	/**
	 * Keep the vectors of the {@value #DEFAULT_MAXIMUM_SIZE} most useful texts.
	 * @param delegate the embedder behind
	 */
	public CachingTextEmbedder(TextEmbedder delegate) {
		this(delegate, DEFAULT_MAXIMUM_SIZE);
	}

	/**
	 * Keep the vectors of a number of texts.
	 * @param delegate the embedder behind
	 * @param maximumSize how many texts, 0 for none; each needs four bytes per dimension
	 * and its own length
	 */
	public CachingTextEmbedder(TextEmbedder delegate, int maximumSize) {
		Assert.isTrue(maximumSize >= 0, () -> "maximumSize must not be negative, but is " + maximumSize);
		this.delegate = delegate;
		this.vectors = Caffeine.newBuilder().maximumSize(maximumSize).executor(Runnable::run).build();
	}

	@Override
	public float @Nullable [] embed(String text) {
		if (!isKept(text)) {
			return this.delegate.embed(text);
		}
		return this.vectors.get(text, this.delegate::embed);
	}

	@Override
	public List<float @Nullable []> embedAll(List<String> texts) {
		Map<String, float @Nullable []> known = new HashMap<>(this.vectors.getAllPresent(texts));
		Set<String> missing = new LinkedHashSet<>(texts);
		missing.removeAll(known.keySet());
		if (!missing.isEmpty()) {
			embedMissing(List.copyOf(missing), known);
		}
		List<float @Nullable []> result = new ArrayList<>(texts.size());
		for (String text : texts) {
			result.add(known.get(text));
		}
		return result;
	}

	private void embedMissing(List<String> missing, Map<String, float @Nullable []> known) {
		List<float @Nullable []> computed = this.delegate.embedAll(missing);
		for (int i = 0; i < missing.size(); i++) {
			String text = missing.get(i);
			float[] vector = computed.get(i);
			known.put(text, vector);
			if (vector != null && isKept(text)) {
				this.vectors.put(text, vector);
			}
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
