package io.github.llmcache.autoconfigure;

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.ai.document.Document;
import org.springframework.ai.embedding.Embedding;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.embedding.EmbeddingRequest;
import org.springframework.ai.embedding.EmbeddingResponse;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import io.github.llmcache.answer.CachedAnswer;
import io.github.llmcache.answer.Outcome;
import io.github.llmcache.core.CacheRequest;
import io.github.llmcache.core.LlmCache;
import io.github.llmcache.embedding.TextEmbedder;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Where embeddings come from, by property.
 */
class EmbeddingConfigurationTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(LlmCacheAutoConfiguration.class));

	@Test
	void bundledModelIsTheDefault() {
		this.contextRunner.run((context) -> {
			assertThat(context.getBean(TextEmbedder.class).dimensions()).isEqualTo(384);
			assertServed(context.getBean(LlmCache.class));
		});
	}

	@Test
	void springAiModelIsUsedWhenThePropertySaysSo() {
		this.contextRunner.withBean(LocalEmbeddingModel.class)
			.withPropertyValues("llm-cache.embedding.provider=spring-ai", "llm-cache.embedding.recent=0")
			.run((context) -> {
				assertThat(context.getBean(TextEmbedder.class).dimensions()).isEqualTo(2);
				assertServed(context.getBean(LlmCache.class));
			});
	}

	@Test
	void springAiModelAloneChangesNothing() {
		this.contextRunner.withBean(LocalEmbeddingModel.class)
			.run((context) -> assertThat(context.getBean(TextEmbedder.class).dimensions()).isEqualTo(384));
	}

	@Test
	void missingSpringAiModelIsExplained() {
		assertRefused("there is no single EmbeddingModel bean", "Spring AI model starter",
				"llm-cache.embedding.provider=spring-ai");
	}

	@Test
	void missingModelDirectoryIsExplained(@TempDir Path directory) {
		assertRefused(directory.toString(), "model.onnx", "llm-cache.embedding.model-path=" + directory);
	}

	@Test
	void wrongDimensionIsExplained() {
		assertRefused("384 dimensions, not 768", "dimensions", "llm-cache.embedding.dimensions=768");
	}

	private void assertRefused(String fact, String remedy, String property) {
		this.contextRunner.withPropertyValues(property).run((context) -> {
			assertThat(context).hasFailed();
			FailureAnalysis analysis = new LlmCacheFailureAnalyzer().analyze(context.getStartupFailure());
			assertThat(analysis).isNotNull();
			assertThat(analysis.getDescription()).contains(fact);
			assertThat(analysis.getAction()).contains(remedy);
			assertThat(analysis.getDescription()).doesNotContain(analysis.getAction());
		});
	}

	private static void assertServed(LlmCache cache) {
		cache.get(request("How do I turn on dark mode?"), () -> "in the settings");
		CachedAnswer<String> answer = cache.get(request("how can I turn dark mode on"), () -> "elsewhere");
		assertThat(answer.outcome()).isEqualTo(Outcome.SEMANTIC);
		assertThat(answer.value()).isEqualTo("in the settings");
	}

	private static CacheRequest<String> request(String prompt) {
		return CacheRequest.forTask("support", String.class).prompt(prompt).semantic(true).build();
	}

	/**
	 * A model that finds all texts alike.
	 */
	static class LocalEmbeddingModel implements EmbeddingModel {

		@Override
		public EmbeddingResponse call(EmbeddingRequest request) {
			return new EmbeddingResponse(
					request.getInstructions().stream().map((text) -> new Embedding(new float[] { 3, 4 }, 0)).toList());
		}

		@Override
		public float[] embed(Document document) {
			return new float[] { 3, 4 };
		}

		@Override
		public List<float[]> embed(List<String> texts) {
			return texts.stream().map((text) -> new float[] { 3, 4 }).toList();
		}

	}

}
