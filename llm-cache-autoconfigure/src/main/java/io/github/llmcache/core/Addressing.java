package io.github.llmcache.core;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.codec.PayloadCodec;
import io.github.llmcache.embedding.TextEmbedder;
import io.github.llmcache.event.FailureEvent.Part;
import io.github.llmcache.explain.KnownPartition;
import io.github.llmcache.explain.KnownPartitions;
import io.github.llmcache.failure.FailureReporter;
import io.github.llmcache.key.CacheIdentity;
import io.github.llmcache.key.PromptKeyGenerator;
import io.github.llmcache.platform.RecentValues;
import io.github.llmcache.prompt.PromptFolding;
import io.github.llmcache.prompt.PromptNormalizer;
import io.github.llmcache.sharing.Sharing;
import io.github.llmcache.store.CacheKey;
import io.github.llmcache.store.Partition;

/**
 * Says where the answer to a call belongs, or why it bypasses the cache.
 */
final class Addressing {

	private final PromptKeyGenerator keys;

	private final PayloadCodec codec;

	private final @Nullable TextEmbedder embedder;

	private final int maxPrompt;

	private final KnownPartitions partitions;

	private final FailureReporter failures;

	/** Folding takes as long as all the rest of an exact hit. */
	private final RecentValues<String, String> folded = new RecentValues<>(4096);

	Addressing(PromptKeyGenerator keys, PayloadCodec codec, @Nullable TextEmbedder embedder, int maxPrompt,
			KnownPartitions partitions, FailureReporter failures) {
		this.keys = keys;
		this.codec = codec;
		this.embedder = embedder;
		this.maxPrompt = maxPrompt;
		this.partitions = partitions;
		this.failures = failures;
	}

	Address address(Call call) {
		String reason = bypassReason(call);
		return (reason != null) ? Address.bypass(reason)
				: address(call, PromptNormalizer.normalize(Objects.requireNonNull(call.request.prompt())));
	}

	/**
	 * The address in a known partition, whatever the request's identity is.
	 */
	Address address(Call call, Partition partition) {
		String reason = bypassReason(call);
		if (reason != null) {
			return Address.bypass(reason);
		}
		String prompt = PromptNormalizer.normalize(Objects.requireNonNull(call.request.prompt()));
		return new Address(this.keys.generate(partition, keyPrompt(call, prompt)), prompt, null);
	}

	private @Nullable String bypassReason(Call call) {
		CacheRequest<?> request = call.request;
		String prompt = request.prompt();
		if (request.bypassReason() != null) {
			return request.bypassReason();
		}
		if (prompt != null && prompt.length() > this.maxPrompt) {
			return "prompt-too-long";
		}
		if (prompt == null || prompt.isBlank()) {
			return "no-prompt";
		}
		if (call.policy.ttl().isZero()) {
			return "ttl-zero";
		}
		if (!call.control.isStored()) {
			return "no-store";
		}
		if (call.uncommitted) {
			return "uncommitted-eviction";
		}
		return null;
	}

	private Address address(Call call, String prompt) {
		String fingerprint = fingerprint(call);
		if (fingerprint == null) {
			return Address.bypass("embedder-failure");
		}
		String shape = shape(call);
		if (shape == null) {
			return Address.bypass("codec-failure");
		}
		CacheIdentity identity = call.request.identity();
		CacheKey key = key(call, identity.withResultType(shape), fingerprint, prompt);
		if (key == null) {
			return Address.bypass("uncacheable-argument");
		}
		this.partitions.called(key.partition(), identity, fingerprint, call.request.policy());
		return new Address(key, prompt, null);
	}

	/**
	 * What a call has in common with those of other scopes.
	 * @param address where its own answer belongs
	 * @return {@code null} if no answers are shared
	 */
	@Nullable Sharing sharing(Call call, Address address) {
		CacheKey own = address.key();
		int scopes = call.policy.shareAfterScopes();
		if (scopes == 0 || own == null || call.request.identity().scope() == null) {
			return null;
		}
		String fingerprint = fingerprint(call);
		String shape = shape(call);
		CacheKey shared = (fingerprint != null && shape != null)
				? key(call, call.request.identity().withResultType(shape).forAllScopes(), fingerprint, address.prompt())
				: null;
		if (shared == null) {
			return null;
		}
		this.partitions.shared(own.partition(), shared.partition());
		return new Sharing(call.task(), shared, own, address.prompt(), scopes);
	}

	/**
	 * The same for a known partition, whatever the request's identity is.
	 */
	@Nullable Sharing sharing(Call call, Address address, KnownPartition partition) {
		CacheKey own = address.key();
		Partition shared = partition.shared();
		int scopes = call.policy.shareAfterScopes();
		return (scopes == 0 || own == null || shared == null) ? null : new Sharing(call.task(),
				this.keys.generate(shared, keyPrompt(call, address.prompt())), own, address.prompt(), scopes);
	}

	private @Nullable String fingerprint(Call call) {
		return this.failures.<@Nullable String>attempt(Part.EMBEDDER, call.task(),
				() -> (this.embedder != null) ? this.embedder.fingerprint() : "", null);
	}

	private @Nullable String shape(Call call) {
		return this.failures.<@Nullable String>attempt(Part.CODEC, "shape", call.task(),
				() -> this.codec.shape(call.request.resultType()), null);
	}

	private @Nullable CacheKey key(Call call, CacheIdentity identity, String fingerprint, String prompt) {
		return this.failures.<@Nullable CacheKey>attempt(Part.KEY, call.task(),
				() -> this.keys.generate(identity, fingerprint, keyPrompt(call, prompt)), null);
	}

	private String keyPrompt(Call call, String prompt) {
		return call.policy.semantic() ? folded(prompt) : prompt;
	}

	private String folded(String prompt) {
		return this.folded.computeIfAbsent(prompt, PromptFolding::fold);
	}

	/**
	 * Where an answer belongs.
	 *
	 * @param key its key; {@code null} if the call bypasses the cache
	 * @param prompt the prompt, normalised; empty without a key
	 * @param bypassReason why there is no key, or {@code null}
	 */
	record Address(@Nullable CacheKey key, String prompt, @Nullable String bypassReason) {

		/** For a call that is not addressed yet. */
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
