package io.github.llmcache.store.redis;

import java.time.Clock;

import tools.jackson.databind.json.JsonMapper;

import io.github.llmcache.answer.CachedAnswer;
import io.github.llmcache.codec.JacksonPayloadCodec;
import io.github.llmcache.core.CacheRequest;
import io.github.llmcache.core.CallControl;
import io.github.llmcache.core.LlmCache;
import io.github.llmcache.core.LlmCacheBuilder;
import io.github.llmcache.core.Loader;
import io.github.llmcache.embedding.AngleEmbedder;
import io.github.llmcache.event.LlmCacheListener;
import io.github.llmcache.key.DigestPromptKeyGenerator;
import io.github.llmcache.store.EvictionSelector;
import io.github.llmcache.verify.MatchVerifier.Verdict;

/**
 * The whole engine on a store. A question is a number, and its wordings are told apart by
 * a letter: {@code 7 a} and {@code 7 b} have the same answer, the same embedding, and
 * nothing in common with {@code 8 a}.
 */
final class EngineOnRedis {

	static final int QUESTIONS = 100;

	private final LlmCache cache;

	private final AngleEmbedder embedder = new AngleEmbedder("angles");

	EngineOnRedis(RedisCacheStore store, LlmCacheListener listener) {
		for (int i = 0; i < QUESTIONS; i++) {
			for (char wording = 'a'; wording <= 'c'; wording++) {
				this.embedder.at(i * 360.0 / QUESTIONS, i + " " + wording);
			}
		}
		this.cache = new LlmCacheBuilder(store, new JacksonPayloadCodec(JsonMapper.builder().build()),
				new DigestPromptKeyGenerator())
			.semantic(this.embedder,
					(match) -> number(match.prompt()).equals(number(match.cachedPrompt())) ? Verdict.accept()
							: Verdict.refuse("number", null))
			.listener(listener)
			.time(Clock.systemUTC(), System::nanoTime)
			.build();
	}

	CachedAnswer<String> ask(String prompt) {
		return ask(prompt, () -> answer(prompt));
	}

	<X extends Exception> CachedAnswer<String> ask(String prompt, Loader<String, X> loader) throws X {
		CacheRequest<String> request = CacheRequest.forTask("support", String.class)
			.prompt(prompt)
			.semantic(true)
			.policy((policy) -> policy.minSimilarity(0.999))
			.build();
		return this.cache.get(request, loader);
	}

	/**
	 * How many prompts were embedded.
	 */
	int embeddings() {
		return this.embedder.calls();
	}

	/**
	 * Load the answer again, and store it.
	 */
	void refresh(String prompt) {
		try (CallControl.Scope scope = CallControl.refresh().apply()) {
			ask(prompt);
		}
	}

	long evict(EvictionSelector selector) {
		return this.cache.evict(selector);
	}

	static String answer(String prompt) {
		return "answer to " + number(prompt);
	}

	private static String number(String prompt) {
		return prompt.split(" ")[0];
	}

}
