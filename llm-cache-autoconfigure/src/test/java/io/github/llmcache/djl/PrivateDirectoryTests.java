package io.github.llmcache.djl;

import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * That what a killed JVM has left is deleted is tried with a process in
 * {@link OfflineTests}.
 */
class PrivateDirectoryTests {

	@TempDir
	private Path parent;

	@Test
	void isDeletedWithItsContentWhenItIsClosed() throws Exception {
		try (PrivateDirectory directory = PrivateDirectory.create(this.parent, "test")) {
			Files.createDirectories(directory.path().resolve("a/b"));
		}
		assertThat(this.parent).isEmptyDirectory();
	}

	@Test
	void oneThatNobodyHasLockedIsDeletedWithTheNext() throws Exception {
		Path abandoned = Files.createDirectory(this.parent.resolve("llm-cache-test123"));
		Files.createFile(abandoned.resolve("in-use"));
		try (PrivateDirectory directory = PrivateDirectory.create(this.parent, "test")) {
			assertThat(this.parent).isDirectoryNotContaining((path) -> path.equals(abandoned));
			assertThat(directory.path()).exists();
		}
	}

	@Test
	void anotherOneOfThisJvmIsLeftAlone() throws Exception {
		try (PrivateDirectory one = PrivateDirectory.create(this.parent, "test");
				PrivateDirectory other = PrivateDirectory.create(this.parent, "test")) {
			assertThat(one.path()).exists();
			assertThat(other.path()).exists();
		}
	}

	@Test
	void whatHasNoLockFileIsLeftAlone() throws Exception {
		Path something = Files.createDirectory(this.parent.resolve("llm-cache-something"));
		PrivateDirectory.create(this.parent, "test").close();
		assertThat(something).exists();
	}

	@Test
	void aLinkIsNotFollowed(@TempDir Path elsewhere) throws Exception {
		Files.createFile(elsewhere.resolve("in-use"));
		Files.createSymbolicLink(this.parent.resolve("llm-cache-link"), elsewhere);
		PrivateDirectory.create(this.parent, "test").close();
		assertThat(elsewhere.resolve("in-use")).exists();
	}

}
