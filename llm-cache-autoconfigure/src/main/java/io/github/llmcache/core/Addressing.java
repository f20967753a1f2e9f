package io.github.llmcache.core;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.codec.PayloadCodec;
import io.github.llmcache.embedding.TextEmbedder;
import io.github.llmcache.event.FailureEvent.Part;
import io.github.llmcache.failure.FailureReporter;
import io.github.llmcache.key.PromptKeyGenerator;
import io.github.llmcache.platform.RecentValues;
import io.github.llmcache.prompt.PromptFolding;
import io.github.llmcache.prompt.PromptNormalizer;
import io.github.llmcache.store.CacheKey;

/**
 * Says where the answer to a call belongs, or why it bypasses the cache.
 */
final class Addressing {

	private final PromptKeyGenerator keys;

	private final PayloadCodec codec;

	private final @Nullable TextEmbedder embedder;

	private final int maxPrompt;

	private final FailureReporter failures;

	/** Folding takes as long as all the rest of an exact hit. */
	private final RecentValues<String, String> folded = new RecentValues<>(4096);

	Addressing(PromptKeyGenerator keys, PayloadCodec codec, @Nullable TextEmbedder embedder, int maxPrompt,
			FailureReporter failures) {
		this.keys = keys;
		this.codec = codec;
		this.embedder = embedder;
		this.maxPrompt = maxPrompt;
		this.failures = failures;
	}

	Address address(Call call) {
		CacheRequest<?> request = call.request;
		String prompt = request.prompt();
		if (request.bypassReason() != null) {
			return Address.bypass(request.bypassReason());
		}
		if (prompt != null && prompt.length() > this.maxPrompt) {
			return Address.bypass("prompt-too-long");
		}
		if (prompt == null || prompt.isBlank()) {
			return Address.bypass("no-prompt");
		}
		if (call.policy.ttl().isZero()) {
			return Address.bypass("ttl-zero");
		}
		if (!call.control.isStored()) {
			return Address.bypass("no-store");
		}
		if (call.uncommitted) {
			return Address.bypass("uncommitted-eviction");
		}
		return address(call, PromptNormalizer.normalize(prompt));
	}

	private Address address(Call call, String prompt) {
		String fingerprint = this.failures.<@Nullable String>attempt(Part.EMBEDDER, call.task(),
				() -> (this.embedder != null) ? this.embedder.fingerprint() : "", null);
		if (fingerprint == null) {
			return Address.bypass("embedder-failure");
		}
		String shape = this.failures.<@Nullable String>attempt(Part.CODEC, "shape", call.task(),
				() -> this.codec.shape(call.request.resultType()), null);
		if (shape == null) {
			return Address.bypass("codec-failure");
		}
		String keyPrompt = call.policy.semantic() ? folded(prompt) : prompt;
		CacheKey key = this.failures.<@Nullable CacheKey>attempt(Part.KEY, call.task(),
				() -> this.keys.generate(call.request.identity().withResultType(shape), fingerprint, keyPrompt), null);
		return (key != null) ? new Address(key, prompt, null) : Address.bypass("uncacheable-argument");
	}

	private String folded(String prompt) {
		String known = this.folded.get(prompt);
		if (known == null) {
			known = PromptFolding.fold(prompt);
			this.folded.put(prompt, known);
		}
		return known;
	}

	/**
	 * Where an answer belongs.
	 *
	 * @param key its key; {@code null} if the call bypasses the cache
	 * @param prompt the prompt, normalised; empty without a key
	 * @param bypassReason why there is no key, or {@code null}
	 */
	record Address(@Nullable CacheKey key, String prompt, @Nullable String bypassReason) {

		/** Of a call that is not addressed yet. */
		static final Address NONE = new Address(null, "", null);

		static Address bypass(String reason) {
			return new Address(null, "", reason);
		}

		/**
		 * Without the prompt: prompts do not appear in log lines.
		 */
		@Override
		public String toString() {
			return "Address[key=" + this.key + ", bypassReason=" + this.bypassReason + "]";
		}

	}

}
