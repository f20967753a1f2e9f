package io.github.llmcache.djl;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import org.jspecify.annotations.Nullable;

/**
 * Splits texts into the tokens of a model, however many they are. May be used by many
 * threads, but not after it was closed.
 * <p>
 * The tokenizer that the starter carries is in memory once, as long as any of those that
 * have asked for it has not closed theirs: it takes 7 MB and 60 ms.
 */
final class TextTokenizer implements AutoCloseable {

	private static final String BUNDLED = DjlTextEmbedder.BUNDLED + ModelDirectory.TOKENIZER;

	private static final Map<String, String> OPTIONS = Map.of("truncation", "false", "padding", "false");

	private static final Object LOCK = new Object();

	private static @Nullable HuggingFaceTokenizer shared;

	private static int sharers;

	private final HuggingFaceTokenizer tokenizer;

	private final Runnable release;

	private final AtomicBoolean closed = new AtomicBoolean();

	private TextTokenizer(HuggingFaceTokenizer tokenizer, Runnable release) {
		this.tokenizer = tokenizer;
		this.release = release;
	}

	/**
	 * The tokenizer that the starter carries, which is that of both models.
	 * @throws FileNotFoundException if it is not on the classpath
	 */
	static TextTokenizer bundled() throws IOException {
		synchronized (LOCK) {
			HuggingFaceTokenizer tokenizer = shared;
			if (tokenizer == null) {
				tokenizer = loadBundled();
				shared = tokenizer;
			}
			sharers++;
			return new TextTokenizer(tokenizer, TextTokenizer::leave);
		}
	}

	private static HuggingFaceTokenizer loadBundled() throws IOException {
		try (InputStream file = TextTokenizer.class.getClassLoader().getResourceAsStream(BUNDLED)) {
			if (file == null) {
				throw new FileNotFoundException(BUNDLED);
			}
			return HuggingFaceTokenizer.newInstance(file, OPTIONS);
		}
	}

	private static void leave() {
		synchronized (LOCK) {
			sharers--;
			if (sharers == 0 && shared != null) {
				shared.close();
				shared = null;
			}
		}
	}

	static TextTokenizer of(Path file) throws IOException {
		try (InputStream content = Files.newInputStream(file)) {
			HuggingFaceTokenizer tokenizer = HuggingFaceTokenizer.newInstance(content, OPTIONS);
			return new TextTokenizer(tokenizer, tokenizer::close);
		}
	}

	Encoding encode(String text) {
		return this.tokenizer.encode(text);
	}

	Encoding encode(String one, String other) {
		return this.tokenizer.encode(one, other);
	}

	/**
	 * The number of tokens of a text, without those that a model wants around it.
	 */
	int count(String text) {
		return this.tokenizer.encode(text, false, false).getIds().length;
	}

	/**
	 * Whether two of them share what they have in memory.
	 */
	boolean sharesWith(TextTokenizer other) {
		return this.tokenizer == other.tokenizer;
	}

	@Override
	public void close() {
		if (this.closed.compareAndSet(false, true)) {
			this.release.run();
		}
	}

}
