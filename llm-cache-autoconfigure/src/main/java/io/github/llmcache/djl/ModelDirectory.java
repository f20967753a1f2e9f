package io.github.llmcache.djl;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

import io.github.llmcache.embedding.EmbeddingModelException;
import io.github.llmcache.platform.Sha256;
import org.jspecify.annotations.Nullable;

/**
 * The directory that a model is loaded from: the user's own, or a private temporary copy
 * of one on the classpath, which is deleted when this is closed. A loaded model does not
 * need its files any more. All models on the classpath have one tokenizer in common.
 */
final class ModelDirectory implements AutoCloseable {

	static final String MODEL = "model.onnx";

	static final String TOKENIZER = "tokenizer.json";

	private static final int FINGERPRINT_BYTES = 12;

	private final String location;

	private final Path path;

	private final @Nullable ClasspathCopy copy;

	private ModelDirectory(String location, Path path, @Nullable ClasspathCopy copy) {
		this.location = location;
		this.path = path;
		this.copy = copy;
	}

	static ModelDirectory of(Path path) {
		for (String name : List.of(MODEL, TOKENIZER)) {
			if (!Files.isReadable(path.resolve(name))) {
				throw new EmbeddingModelException(path.toString(), "there is no readable file '" + name + "'",
						"Give a directory that holds " + MODEL + " and " + TOKENIZER + ".");
			}
		}
		return new ModelDirectory(path.toString(), path, null);
	}

	static ModelDirectory ofClasspath(String resources, ClassLoader classLoader) {
		String location = "classpath:" + resources;
		try {
			ClasspathCopy copy = ClasspathCopy.create(resources, classLoader);
			try {
				copy.add(MODEL);
				return new ModelDirectory(location, copy.path(), copy);
			}
			catch (IOException | RuntimeException ex) {
				copy.close();
				throw ex;
			}
		}
		catch (FileNotFoundException ex) {
			throw missing(location, MODEL);
		}
		catch (IOException ex) {
			throw new EmbeddingModelException(location, "it cannot be unpacked to the temporary directory",
					"Set java.io.tmpdir to a directory that can be written.", ex);
		}
	}

	private static EmbeddingModelException missing(String location, String name) {
		return new EmbeddingModelException(location, "there is no '" + name + "' on the classpath",
				"Add llm-cache-spring-boot-starter, which carries the model, or give the path of your own.");
	}

	String location() {
		return this.location;
	}

	Path path() {
		return this.path;
	}

	/**
	 * Open the tokenizer that belongs to the model.
	 */
	TextTokenizer openTokenizer() throws IOException {
		if (this.copy == null) {
			return TextTokenizer.of(this.path.resolve(TOKENIZER));
		}
		try {
			return TextTokenizer.bundled();
		}
		catch (FileNotFoundException ex) {
			throw missing(this.location, TOKENIZER);
		}
	}

	/**
	 * A digest over the content of the files and over the options that change a vector;
	 * it does not depend on where the files are.
	 */
	String fingerprint(String options) throws IOException {
		if (this.copy != null) {
			try {
				String recorded = this.copy.recordedFingerprint(options);
				if (recorded != null) {
					return recorded;
				}
				this.copy.add(TOKENIZER);
			}
			catch (FileNotFoundException ex) {
				throw missing(this.location, TOKENIZER);
			}
		}
		MessageDigest digest = Sha256.begin();
		try (OutputStream sink = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
			for (Path file : files()) {
				sink.write((file.getFileName() + ":" + Files.size(file) + ":").getBytes(StandardCharsets.UTF_8));
				Files.copy(file, sink);
			}
			sink.write(options.getBytes(StandardCharsets.UTF_8));
		}
		return HexFormat.of().formatHex(digest.digest(), 0, FINGERPRINT_BYTES);
	}

	// a model beyond 2 GB keeps its weights beside it: model.onnx_data, model.onnx.data
	private List<Path> files() throws IOException {
		try (Stream<Path> files = Files.list(this.path)) {
			return files.filter(Files::isRegularFile).filter((file) -> {
				String name = file.getFileName().toString();
				return name.startsWith(MODEL) || name.equals(TOKENIZER);
			}).sorted().toList();
		}
	}

	@Override
	public void close() {
		if (this.copy != null) {
			this.copy.close();
		}
	}

}
