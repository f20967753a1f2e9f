package io.github.llmcache.springai;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;

import org.junit.jupiter.api.Test;

import org.springframework.ai.chat.metadata.EmptyUsage;
import org.springframework.ai.document.Document;
import org.springframework.ai.embedding.Embedding;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.embedding.EmbeddingRequest;
import org.springframework.ai.embedding.EmbeddingResponse;
import org.springframework.ai.embedding.EmbeddingResponseMetadata;
import org.springframework.aop.framework.ProxyFactory;

import io.github.llmcache.embedding.EmbeddingModelException;
import io.github.llmcache.embedding.EmbeddingUnavailableException;
import io.github.llmcache.embedding.TextEmbedder;
import io.github.llmcache.test.contract.TextEmbedderContract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class SpringAiTextEmbedderTests extends TextEmbedderContract {

	private final LocalEmbeddingModel model = new LocalEmbeddingModel();

	private final SpringAiTextEmbedder embedder = SpringAiTextEmbedder.builder(this.model).build();

	@Override
	protected TextEmbedder embedder() {
		return this.embedder;
	}

	@Override
	protected String tooLong() {
		return "x".repeat(2001);
	}

	@Test
	void buildingDoesNotAskTheModel() {
		assertThat(this.model.requests).isEmpty();
	}

	@Test
	void theModelIsNotAskedForATextThatIsTooLong() {
		this.embedder.embed(tooLong());
		assertThat(this.model.requests).isEmpty();
	}

	@Test
	void dimensionsAndFingerprintCostOneRequestTogether() {
		assertThat(this.embedder.dimensions()).isEqualTo(16);
		assertThat(this.embedder.fingerprint()).isEqualTo(LocalEmbeddingModel.class.getName() + ":local-model:16");
		assertThat(this.model.requests).hasSize(1);
	}

	@Test
	void configuredDimensionsAndFingerprintCostNoRequest() {
		SpringAiTextEmbedder configured = SpringAiTextEmbedder.builder(this.model)
			.dimensions(16)
			.fingerprint("mine-1")
			.build();
		assertThat(configured.dimensions()).isEqualTo(16);
		assertThat(configured.fingerprint()).isEqualTo("mine-1");
		assertThat(this.model.requests).isEmpty();
	}

	@Test
	void theFingerprintTellsModelsOfOneClassApart() {
		String before = this.embedder.fingerprint();
		this.model.name = "other-model";
		assertThat(SpringAiTextEmbedder.builder(this.model).build().fingerprint()).isNotEqualTo(before);
	}

	@Test
	void theFingerprintOfAProxyIsThatOfItsTarget() {
		EmbeddingModel proxy = (EmbeddingModel) new ProxyFactory(this.model).getProxy();
		assertThat(SpringAiTextEmbedder.builder(proxy).build().fingerprint()).isEqualTo(this.embedder.fingerprint());
	}

	@Test
	void otherDimensionsThanConfiguredAreRefused() {
		SpringAiTextEmbedder configured = SpringAiTextEmbedder.builder(this.model).dimensions(384).build();
		assertThatExceptionOfType(EmbeddingModelException.class).isThrownBy(() -> configured.embed("one"))
			.withMessageContaining("16")
			.withMessageContaining("384");
	}

	@Test
	void dimensionsThatChangeAreRefused() {
		this.embedder.embed("one");
		this.model.dimensions = 17;
		assertThatExceptionOfType(EmbeddingModelException.class).isThrownBy(() -> this.embedder.embed("one"));
	}

	@Test
	void missingVectorIsRefused() {
		this.model.drop = 1;
		assertThatExceptionOfType(EmbeddingUnavailableException.class).isThrownBy(() -> this.embedder.embed("one"))
			.withMessage("The embedding model gave 0 vectors for one text");
	}

	@Test
	void settingsOutOfRangeAreRefused() {
		SpringAiTextEmbedder.Builder builder = SpringAiTextEmbedder.builder(this.model);
		assertThatIllegalArgumentException().isThrownBy(() -> builder.maxCharacters(0));
		assertThatIllegalArgumentException().isThrownBy(() -> builder.dimensions(0));
		assertThatIllegalArgumentException().isThrownBy(() -> builder.fingerprint(" "));
	}

	static class LocalEmbeddingModel implements EmbeddingModel {

		final List<List<String>> requests = new CopyOnWriteArrayList<>();

		volatile int dimensions = 16;

		volatile int drop;

		volatile String name = "local-model";

		@Override
		public EmbeddingResponse call(EmbeddingRequest request) {
			List<String> texts = request.getInstructions();
			this.requests.add(texts);
			List<Embedding> embeddings = new ArrayList<>();
			for (String text : texts.subList(this.drop, texts.size())) {
				embeddings.add(new Embedding(vector(text), embeddings.size()));
			}
			return new EmbeddingResponse(embeddings, new EmbeddingResponseMetadata(this.name, new EmptyUsage()));
		}

		private float[] vector(String text) {
			Random random = new Random(text.hashCode());
			float[] vector = new float[this.dimensions];
			for (int i = 0; i < vector.length; i++) {
				vector[i] = 10 * (float) random.nextGaussian();
			}
			return vector;
		}

		@Override
		public float[] embed(Document document) {
			return vector(String.valueOf(document.getText()));
		}

	}

}
