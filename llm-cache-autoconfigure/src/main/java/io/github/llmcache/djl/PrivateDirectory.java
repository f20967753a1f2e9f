package io.github.llmcache.djl;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.springframework.util.FileSystemUtils;

/**
 * A temporary directory of this JVM alone, which is deleted when the JVM ends. One that a
 * killed JVM has left behind is deleted by the next JVM that makes one: a file in it is
 * locked for as long as it is in use.
 */
final class PrivateDirectory implements AutoCloseable {

	private static final String PREFIX = "llm-cache-";

	private static final String LOCK = "in-use";

	/**
	 * Those of this JVM: closing any channel of a file gives up all locks of the process.
	 */
	private static final Set<Path> OPEN = ConcurrentHashMap.newKeySet();

	private final Path path;

	private final FileChannel lock;

	private PrivateDirectory(Path path, FileChannel lock) {
		this.path = path;
		this.lock = lock;
	}

	static PrivateDirectory create(String purpose) throws IOException {
		return create(Path.of(System.getProperty("java.io.tmpdir")), purpose);
	}

	static PrivateDirectory create(Path parent, String purpose) throws IOException {
		deleteAbandoned(parent);
		Path path = Files.createTempDirectory(parent, PREFIX + purpose);
		OPEN.add(path);
		FileChannel channel = FileChannel.open(path.resolve(LOCK), StandardOpenOption.CREATE_NEW,
				StandardOpenOption.WRITE);
		channel.lock();
		return new PrivateDirectory(path, channel);
	}

	private static void deleteAbandoned(Path parent) throws IOException {
		try (DirectoryStream<Path> directories = Files.newDirectoryStream(parent, PREFIX + "*")) {
			for (Path directory : directories) {
				if (!OPEN.contains(directory) && Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)
						&& isAbandoned(directory.resolve(LOCK))) {
					delete(directory);
				}
			}
		}
	}

	// one without the file is being made at this moment, or something else
	private static boolean isAbandoned(Path file) {
		try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
			return channel.tryLock() != null;
		}
		catch (IOException | OverlappingFileLockException ex) {
			return false;
		}
	}

	Path path() {
		return this.path;
	}

	@Override
	public void close() {
		try {
			this.lock.close();
		}
		catch (IOException ex) {
			// the lock ends with the JVM
		}
		delete(this.path);
		OPEN.remove(this.path);
	}

	private static void delete(Path directory) {
		try {
			FileSystemUtils.deleteRecursively(directory);
		}
		catch (IOException ex) {
			// on Windows, a loaded library cannot be deleted; the next JVM deletes it
		}
	}

}
