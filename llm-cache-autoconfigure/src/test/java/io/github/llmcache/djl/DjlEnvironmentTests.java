package io.github.llmcache.djl;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class DjlEnvironmentTests {

	@TempDir
	private Path home;

	@TempDir
	private Path temporary;

	@Test
	void telemetryAndDownloadsAreOffByDefault() {
		Properties properties = properties(this.home);
		assertThat(DjlEnvironment.prepare(Map.of(), properties)).isNull();
		assertThat(properties).containsEntry("OPT_OUT_TRACKING", "true")
			.containsEntry("RUST_FLAVOR", "cpu")
			.containsEntry("ai.djl.onnx.disable_alternative", "true")
			.doesNotContainKey("ENGINE_CACHE_DIR");
	}

	@Test
	void propertiesOfTheUserAreKept() {
		Properties properties = properties(this.home);
		properties.setProperty("OPT_OUT_TRACKING", "false");
		properties.setProperty("RUST_FLAVOR", "cu122");
		properties.setProperty("ai.djl.onnx.disable_alternative", "false");
		Properties expected = (Properties) properties.clone();
		DjlEnvironment.prepare(Map.of(), properties);
		assertThat(properties).isEqualTo(expected);
	}

	@Test
	void environmentVariablesOfTheUserAreKept() {
		Properties properties = properties(this.home);
		DjlEnvironment.prepare(Map.of("OPT_OUT_TRACKING", "false", "RUST_FLAVOR", "cu122"), properties);
		assertThat(properties).doesNotContainKeys("OPT_OUT_TRACKING", "RUST_FLAVOR");
	}

	@Test
	void aHomeThatCannotBeWrittenGivesAPrivateCache() {
		Properties properties = properties(this.home.resolve("nowhere"));
		try (PrivateDirectory cache = DjlEnvironment.prepare(Map.of(), properties)) {
			assertThat(cache.path()).isDirectory().hasParent(this.temporary);
			assertThat(properties).containsEntry("ENGINE_CACHE_DIR", cache.path().toString());
		}
	}

	@Test
	void aFileInThePlaceOfTheCacheGivesAPrivateCache() throws Exception {
		Files.createFile(this.home.resolve(".djl.ai"));
		try (PrivateDirectory cache = DjlEnvironment.prepare(Map.of(), properties(this.home))) {
			assertThat(cache.path()).isDirectory().hasParent(this.temporary);
		}
	}

	@Test
	void aCacheOfTheUserIsKept() {
		Properties properties = properties(this.home.resolve("nowhere"));
		assertThat(DjlEnvironment.prepare(Map.of("DJL_CACHE_DIR", "/cache"), properties)).isNull();
		properties.setProperty("ENGINE_CACHE_DIR", "/cache");
		assertThat(DjlEnvironment.prepare(Map.of(), properties)).isNull();
	}

	private Properties properties(Path home) {
		Properties properties = new Properties();
		properties.setProperty("user.home", home.toString());
		properties.setProperty("java.io.tmpdir", this.temporary.toString());
		return properties;
	}

}
