package io.github.llmcache.benchmarks.peer;

import java.time.Duration;
import java.util.List;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.embedding.onnx.allminilml6v2q.AllMiniLmL6V2QuantizedEmbeddingModel;
import dev.langchain4j.store.embedding.EmbeddingMatch;
import dev.langchain4j.store.embedding.EmbeddingSearchRequest;
import dev.langchain4j.store.embedding.inmemory.InMemoryEmbeddingStore;

/**
 * What LangChain4j offers in process: its embedding model, and its store in memory, which
 * compares with every entry. Serves what is similar enough.
 */
public class LangChain4jAssistant extends Assistant {

	private static final double MIN_SCORE = 0.95;

	private final EmbeddingModel embedder;

	private final InMemoryEmbeddingStore<String> store = new InMemoryEmbeddingStore<>();

	LangChain4jAssistant(Duration latency) {
		super(latency);
		OnnxRuntimeStart.byDjl();
		this.embedder = new AllMiniLmL6V2QuantizedEmbeddingModel();
	}

	@Override
	public String text(String prompt, String model) {
		Embedding embedding = embed(prompt);
		EmbeddingSearchRequest request = EmbeddingSearchRequest.builder()
			.queryEmbedding(embedding)
			.maxResults(1)
			.minScore(MIN_SCORE)
			.build();
		List<EmbeddingMatch<String>> matches = this.store.search(request).matches();
		if (!matches.isEmpty()) {
			return matches.get(0).embedded();
		}
		String text = super.text(prompt, model);
		this.store.add(embedding, text);
		return text;
	}

	@Override
	public void store(String prompt, String model) {
		this.store.add(embed(prompt), super.text(prompt, model));
	}

	private Embedding embed(String prompt) {
		float[] filler = Fillers.vector(prompt);
		return (filler != null) ? Embedding.from(filler) : this.embedder.embed(prompt).content();
	}

}
