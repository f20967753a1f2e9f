package io.github.llmcache.djl;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import io.github.llmcache.core.TextEmbedder;
import io.github.llmcache.embedding.EmbeddingModelException;
import io.github.llmcache.embedding.TextEmbedderContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

class DjlTextEmbedderTests extends TextEmbedderContract {

	private static DjlTextEmbedder bundled;

	@BeforeAll
	static void load() {
		bundled = DjlTextEmbedder.bundled().dimensions(384).maxWait(Duration.ofSeconds(30)).build();
	}

	@AfterAll
	static void close() {
		bundled.close();
	}

	@Override
	protected TextEmbedder embedder() {
		return bundled;
	}

	@Override
	protected String tooLong() {
		return "word ".repeat(255);
	}

	@Test
	void aTextAsLongAsTheWindowIsEmbedded() {
		assertThat(bundled.embed("word ".repeat(254))).hasSize(384);
	}

	@Test
	void theWindowCanBeSet() {
		try (DjlTextEmbedder small = DjlTextEmbedder.bundled().window(16).concurrency(1).build()) {
			assertThat(small.embed("word ".repeat(14))).isNotNull();
			assertThat(small.embed("word ".repeat(15))).isNull();
		}
	}

	@Test
	void vectorsAreThoseThatSentenceTransformersPublishes() {
		// the example on the model's page at Hugging Face, for the float model
		float[] happy = bundled.embed("That is a happy person");
		assertThat(dot(happy, bundled.embed("That is a happy dog"))).isCloseTo(0.695, within(0.03));
		assertThat(dot(happy, bundled.embed("That is a very happy person"))).isCloseTo(0.943, within(0.03));
		assertThat(dot(happy, bundled.embed("Today is a sunny day"))).isCloseTo(0.257, within(0.03));
	}

	@Test
	void theFingerprintIsOfTheFilesNotOfTheirPlace(@TempDir Path copy) throws Exception {
		copyModel(copy);
		try (DjlTextEmbedder own = DjlTextEmbedder.model(copy).concurrency(1).build()) {
			assertThat(own.fingerprint()).isEqualTo(bundled.fingerprint());
			assertThat(own.embed("How are you?")).isEqualTo(bundled.embed("How are you?"));
		}
	}

	@Test
	void theFingerprintTellsPoolingsApart() {
		try (DjlTextEmbedder first = DjlTextEmbedder.bundled().pooling(Pooling.CLS).concurrency(1).build()) {
			assertThat(first.fingerprint()).isNotEqualTo(bundled.fingerprint());
			assertThat(first.embed("How are you?")).isNotEqualTo(bundled.embed("How are you?"));
		}
	}

	@Test
	void aMissingFileIsNamed(@TempDir Path empty) {
		assertThatExceptionOfType(EmbeddingModelException.class).isThrownBy(() -> DjlTextEmbedder.model(empty).build())
			.withMessageContaining(empty.toString())
			.withMessageContaining("'model.onnx'")
			.satisfies((ex) -> assertThat(ex.getLocation()).isEqualTo(empty.toString()))
			.satisfies((ex) -> assertThat(ex.getRemedy()).contains("tokenizer.json"));
	}

	@Test
	void aBrokenModelIsNamed(@TempDir Path broken) throws Exception {
		copyModel(broken);
		Files.writeString(broken.resolve("model.onnx"), "not a model");
		assertThatExceptionOfType(EmbeddingModelException.class).isThrownBy(() -> DjlTextEmbedder.model(broken).build())
			.withMessageContaining(broken.toString());
	}

	@Test
	void aBrokenTokenizerIsNamed(@TempDir Path broken) throws Exception {
		copyModel(broken);
		Files.writeString(broken.resolve("tokenizer.json"), "{}");
		assertThatExceptionOfType(EmbeddingModelException.class).isThrownBy(() -> DjlTextEmbedder.model(broken).build())
			.withMessageContaining(broken.toString());
	}

	@Test
	void otherDimensionsThanExpectedAreRefused() {
		assertThatExceptionOfType(EmbeddingModelException.class)
			.isThrownBy(() -> DjlTextEmbedder.bundled().dimensions(768).build())
			.withMessageContaining("384")
			.withMessageContaining("768");
	}

	@Test
	void settingsOutOfRangeAreRefused() {
		DjlTextEmbedder.Builder builder = DjlTextEmbedder.bundled();
		assertThatIllegalArgumentException().isThrownBy(() -> builder.window(2));
		assertThatIllegalArgumentException().isThrownBy(() -> builder.concurrency(0));
		assertThatIllegalArgumentException().isThrownBy(() -> builder.dimensions(0));
		assertThatIllegalArgumentException().isThrownBy(() -> builder.maxWait(Duration.ofSeconds(-1)));
	}

	@Test
	void aClosedEmbedderSaysSo() {
		DjlTextEmbedder closed = DjlTextEmbedder.bundled().concurrency(1).build();
		closed.close();
		closed.close();
		assertThatIllegalStateException().isThrownBy(() -> closed.embed("How are you?"));
		assertThatIllegalStateException().isThrownBy(() -> closed.embed(tooLong().repeat(1000)));
	}

	private void copyModel(Path target) throws IOException, URISyntaxException {
		for (String name : new String[] { "model.onnx", "tokenizer.json" }) {
			Path source = Path.of(getClass().getClassLoader()
				.getResource("io/github/llmcache/models/all-minilm-l6-v2-int8/" + name)
				.toURI());
			Files.copy(source, target.resolve(name));
		}
	}

}
