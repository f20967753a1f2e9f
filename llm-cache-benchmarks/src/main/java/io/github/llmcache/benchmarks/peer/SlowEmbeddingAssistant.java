package io.github.llmcache.benchmarks.peer;

import java.time.Duration;

/**
 * Embeds the prompt and does nothing else: the least that a semantic lookup takes with a
 * slow embedder.
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
