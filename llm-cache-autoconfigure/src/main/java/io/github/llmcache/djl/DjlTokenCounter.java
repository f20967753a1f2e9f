package io.github.llmcache.djl;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.github.llmcache.cost.TokenCounter;

/**
 * Counts tokens with the tokenizer of the embedding model, which splits texts about as
 * the tokenizers of language models do: of English, it makes a few per cent more or fewer
 * tokens, of other languages more.
 * <p>
 * The tokenizer is loaded on first use, unless an embedder or a paraphrase model of the
 * starter uses the same. If it cannot be, that is logged, and tokens are counted by
 * length. May be used by many threads.
 */
public final class DjlTokenCounter implements TokenCounter, AutoCloseable {

	private static final Log logger = LogFactory.getLog(DjlTokenCounter.class);

	private final @Nullable Path directory;

	/** Closing frees what others may be reading. */
	private final ReadWriteLock lock = new ReentrantReadWriteLock();

	private @Nullable TextTokenizer tokenizer;

	private boolean loaded;

	static {
		DjlEnvironment.prepare();
	}

	/**
	 * Create the counter.
	 * @param directory holds {@code tokenizer.json}; {@code null} for the tokenizer that
	 * the starter carries
	 */
	public DjlTokenCounter(@Nullable Path directory) {
		this.directory = directory;
	}

	@Override
	public long count(String text) {
		load();
		this.lock.readLock().lock();
		try {
			TextTokenizer current = this.tokenizer;
			return (current != null) ? current.count(text) : TokenCounter.BY_LENGTH.count(text);
		}
		finally {
			this.lock.readLock().unlock();
		}
	}

	private void load() {
		this.lock.readLock().lock();
		try {
			if (this.loaded) {
				return;
			}
		}
		finally {
			this.lock.readLock().unlock();
		}
		this.lock.writeLock().lock();
		try {
			if (!this.loaded) {
				this.loaded = true;
				this.tokenizer = open();
			}
		}
		finally {
			this.lock.writeLock().unlock();
		}
	}

	private @Nullable TextTokenizer open() {
		try {
			return (this.directory != null) ? TextTokenizer.of(this.directory.resolve(ModelDirectory.TOKENIZER))
					: TextTokenizer.bundled();
		}
		catch (IOException | RuntimeException | LinkageError ex) {
			logger.warn("LlmCache: the tokenizer cannot be loaded (" + ex.getClass().getName()
					+ "); numbers of tokens are estimated by the length of texts");
			logger.debug("Failure of the tokenizer", ex);
			return null;
		}
	}

	@Override
	public void close() {
		this.lock.writeLock().lock();
		try {
			this.loaded = true;
			if (this.tokenizer != null) {
				this.tokenizer.close();
				this.tokenizer = null;
			}
		}
		finally {
			this.lock.writeLock().unlock();
		}
	}

}
