package io.github.llmcache.benchmarks.peer;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

import io.github.llmcache.index.Neighbour;
import io.github.llmcache.index.VectorIndex;
import io.github.llmcache.index.VectorIndexFactory;

/**
 * The library's embedder and index with nothing around them: a cache in memory that
 * serves whatever is similar enough.
 */
public class SearchAssistant extends Assistant implements AutoCloseable {

	private static final int CANDIDATES = 5;

	private static final double MIN_SIMILARITY = 0.9;

	private final FillingEmbedder embedder = new FillingEmbedder();

	private final VectorIndex index = new VectorIndexFactory(VectorIndexFactory.DEFAULT_GRAPH_THRESHOLD, Runnable::run)
		.create();

	private final Map<String, String> answers = new ConcurrentHashMap<>();

	SearchAssistant(Duration latency) {
		super(latency);
	}

	@Override
	public String text(String prompt, String model) {
		float[] vector = this.embedder.embed(prompt);
		if (vector == null) {
			return super.text(prompt, model);
		}
		List<Neighbour> neighbours = this.index.search(vector, CANDIDATES, MIN_SIMILARITY);
		if (!neighbours.isEmpty()) {
			return this.answers.getOrDefault(neighbours.get(0).id(), "");
		}
		String text = super.text(prompt, model);
		store(prompt, text, vector);
		return text;
	}

	@Override
	public void store(String prompt, String model) {
		store(prompt, super.text(prompt, model), Objects.requireNonNull(Fillers.vector(prompt)));
	}

	private void store(String prompt, String text, float[] vector) {
		this.answers.put(prompt, text);
		this.index.put(prompt, vector);
	}

	@Override
	public void close() {
		this.embedder.close();
	}

}
