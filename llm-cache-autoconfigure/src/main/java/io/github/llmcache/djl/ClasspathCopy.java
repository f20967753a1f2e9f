package io.github.llmcache.djl;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Properties;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;

import org.jspecify.annotations.Nullable;

/**
 * A private temporary copy of files of a model on the classpath, which is deleted when
 * this is closed.
 * <p>
 * The artifact may record the model's fingerprint in {@value #RECORD}, beside the model:
 * SHA-256 over all of it takes 0.4 s of CPU time in a JVM that has just started. The
 * record holds for the files whose checksums (CRC-32, which takes some milliseconds) it
 * gives.
 */
final class ClasspathCopy implements AutoCloseable {

	static final String RECORD = "fingerprint.properties";

	private final String resources;

	private final ClassLoader classLoader;

	private final PrivateDirectory directory;

	private final Map<String, String> checksums = new HashMap<>();

	private ClasspathCopy(String resources, ClassLoader classLoader, PrivateDirectory directory) {
		this.resources = resources;
		this.classLoader = classLoader;
		this.directory = directory;
	}

	static ClasspathCopy create(String resources, ClassLoader classLoader) throws IOException {
		return new ClasspathCopy(resources, classLoader, PrivateDirectory.create("model"));
	}

	Path path() {
		return this.directory.path();
	}

	/**
	 * Copy a file.
	 * @param name its name
	 * @throws FileNotFoundException if it is not on the classpath
	 */
	void add(String name) throws IOException {
		try (CheckedInputStream content = open(name)) {
			Files.copy(content, path().resolve(name));
			this.checksums.put(name, checksum(content));
		}
	}

	/**
	 * The fingerprint that the artifact records.
	 * @param options what else the fingerprint is of
	 * @return the fingerprint; {@code null} if there is none for these files and options
	 */
	@Nullable String recordedFingerprint(String options) throws IOException {
		Properties recorded = new Properties();
		try (InputStream file = this.classLoader.getResourceAsStream(this.resources + RECORD)) {
			if (file == null) {
				return null;
			}
			recorded.load(file);
		}
		boolean holds = options.equals(recorded.getProperty("options")) && holds(recorded, ModelDirectory.MODEL)
				&& holds(recorded, ModelDirectory.TOKENIZER);
		return holds ? recorded.getProperty("fingerprint") : null;
	}

	private boolean holds(Properties recorded, String name) throws IOException {
		String checksum = this.checksums.get(name);
		return ((checksum != null) ? checksum : read(name)).equals(recorded.getProperty(name));
	}

	private String read(String name) throws IOException {
		try (CheckedInputStream content = open(name)) {
			content.transferTo(OutputStream.nullOutputStream());
			return checksum(content);
		}
	}

	private CheckedInputStream open(String name) throws IOException {
		InputStream content = this.classLoader.getResourceAsStream(this.resources + name);
		if (content == null) {
			throw new FileNotFoundException(this.resources + name);
		}
		return new CheckedInputStream(content, new CRC32());
	}

	private static String checksum(CheckedInputStream content) {
		return HexFormat.of().toHexDigits((int) content.getChecksum().getValue());
	}

	@Override
	public void close() {
		this.directory.close();
	}

}
