package io.github.llmcache.benchmarks.peer;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import io.github.llmcache.embedding.TextEmbedder;

/**
 * An embedder like one on another machine: takes 50 ms for each text, and no processor
 * time.
 */
final class SlowEmbedder implements TextEmbedder {

	private static final long NANOS = TimeUnit.MILLISECONDS.toNanos(50);

	@Override
	public float[] embed(String text) {
		LockSupport.parkNanos(NANOS);
		return Fillers.random(text);
	}

	@Override
	public int dimensions() {
		return Fillers.DIMENSIONS;
	}

	@Override
	public String fingerprint() {
		return "slow";
	}

}
