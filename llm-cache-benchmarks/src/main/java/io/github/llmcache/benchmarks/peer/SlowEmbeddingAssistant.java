package io.github.llmcache.benchmarks.peer;

import java.time.Duration;

/**
 * What is left of a semantic lookup if the embedder is all that takes time.
 */
public class SlowEmbeddingAssistant extends Assistant {

	private final SlowEmbedder embedder = new SlowEmbedder();

	SlowEmbeddingAssistant() {
		super(Duration.ZERO);
	}

	@Override
	public String text(String prompt, String model) {
		return Float.toString(this.embedder.embed(prompt)[0]);
	}

}
