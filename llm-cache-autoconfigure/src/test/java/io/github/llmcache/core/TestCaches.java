package io.github.llmcache.core;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;

import tools.jackson.databind.json.JsonMapper;

import io.github.llmcache.codec.JacksonPayloadCodec;
import io.github.llmcache.embedding.TextEmbedder;
import io.github.llmcache.event.LlmCacheListener;
import io.github.llmcache.index.VectorIndexFactory;
import io.github.llmcache.key.DigestPromptKeyGenerator;
import io.github.llmcache.store.CacheStore;
import io.github.llmcache.store.memory.MemoryCacheStore;
import io.github.llmcache.store.memory.MemoryLimits;
import io.github.llmcache.test.RecordingListener;
import io.github.llmcache.verify.MatchVerifier.Verdict;

/**
 * The engine with the embedded store and real time, for calls that wait for each other.
 */
public final class TestCaches {

	private TestCaches() {
	}

	/**
	 * A store for 1,000 entries.
	 */
	public static MemoryCacheStore store() {
		return new MemoryCacheStore(new MemoryLimits(1_000, 1 << 24), new VectorIndexFactory(1_000, Runnable::run),
				Clock.systemUTC(), LlmCacheListener.NO_OP);
	}

	/**
	 * A cache that takes every similar prompt for the same.
	 */
	public static LlmCacheBuilder builder(CacheStore store, TextEmbedder embedder, RecordingListener events,
			Executor executor) {
		return new LlmCacheBuilder(store, new JacksonPayloadCodec(JsonMapper.builder().build()),
				new DigestPromptKeyGenerator())
			.semantic(embedder, (match) -> Verdict.accept())
			.listener(events)
			.maxWait(Duration.ofSeconds(30))
			.executor(executor, UnaryOperator.identity());
	}

}
