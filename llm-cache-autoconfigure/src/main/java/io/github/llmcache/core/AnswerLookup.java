package io.github.llmcache.core;

import java.time.Clock;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.answer.Outcome;
import io.github.llmcache.codec.PayloadCodec;
import io.github.llmcache.core.Call.Hit;
import io.github.llmcache.embedding.TextEmbedder;
import io.github.llmcache.event.FailureEvent.Part;
import io.github.llmcache.key.PromptKeyGenerator;
import io.github.llmcache.prompt.PromptFolding;
import io.github.llmcache.prompt.PromptNormalizer;
import io.github.llmcache.store.CacheEntry;
import io.github.llmcache.store.CacheKey;
import io.github.llmcache.store.CacheStore;
import io.github.llmcache.store.Candidate;
import io.github.llmcache.store.Partition;

/**
 * Finds what may be served: says where the answer to a call belongs, and looks for the
 * one to the same prompt and for those to other wordings.
 */
final class AnswerLookup {

	private final CacheStore store;

	private final PayloadCodec codec;

	private final PromptKeyGenerator keys;

	private final Clock clock;

	private final @Nullable TextEmbedder embedder;

	private final SemanticMatching semantic;

	private final int maxPrompt;

	private final FailureReporter failures;

	/** Numbers the looks at the store, each before it begins. */
	private final AtomicLong looks = new AtomicLong();

	AnswerLookup(LlmCacheBuilder builder, FailureReporter failures) {
		this.store = builder.store;
		this.codec = builder.codec;
		this.keys = builder.keys;
		this.clock = builder.clock;
		this.embedder = builder.embedder;
		this.semantic = new SemanticMatching(builder, failures, this.looks::incrementAndGet);
		this.maxPrompt = builder.maxPrompt;
		this.failures = failures;
	}

	/**
	 * The number of the last look at the store that may have begun.
	 */
	long looks() {
		return this.looks.get();
	}

	/**
	 * A copy of what another call was served or computed, if this call may be served it.
	 */
	@Nullable Hit handedOver(Call call, Hit hit) {
		Double similarity = hit.similarity();
		if (similarity != null && (!call.policy.semantic() || similarity < call.policy.minSimilarity())) {
			return exact(call);
		}
		if (hit.outcome() == Outcome.STALE && !isKept(call, hit.entry())) {
			return exact(call);
		}
		Object value = value(call, new Candidate(hit.key(), hit.entry(), 1));
		return (value != null) ? new Hit(hit.outcome(), hit.key(), hit.entry(), value, similarity, hit.look()) : null;
	}

	/**
	 * Another wording's answer, if the task is semantic.
	 */
	@Nullable Hit similar(Call call) {
		CacheKey key = call.key;
		return (key != null && !call.bypasses() && call.policy.semantic())
				? this.semantic.find(call, key.partition(), (candidate) -> value(call, candidate)) : null;
	}

	/**
	 * The answer to the same prompt. The call keeps where it belongs, and the generation.
	 */
	@Nullable Hit exact(Call call) {
		CacheKey key = address(call);
		if (key == null || call.bypasses()) {
			return null;
		}
		long look = this.looks.incrementAndGet();
		CacheStore.Lookup found = find(call, key);
		call.expired = false;
		if (found == null) {
			call.bypass("store-failure");
			return null;
		}
		call.generation = found.generation();
		CacheEntry entry = found.entry();
		if (entry == null || !call.control.isServed()) {
			return null;
		}
		Candidate candidate = new Candidate(key, entry, 1);
		if (entry.isStale(this.clock.instant())) {
			call.expired = true;
			return null;
		}
		Object value = value(call, candidate);
		return (value != null) ? new Hit(Outcome.EXACT, key, entry, value, null, look) : null;
	}

	/**
	 * An answer that may be beyond its TTL, for a call whose method failed: to the same
	 * prompt, or to another wording. It is looked up again, since what the call found
	 * before may have been invalidated while the method ran.
	 */
	@Nullable Hit stale(Call call) {
		CacheKey key = call.key;
		if (key == null || !call.expired) {
			return null;
		}
		long look = this.looks.incrementAndGet();
		CacheStore.Lookup found = find(call, key);
		CacheEntry entry = (found != null) ? found.entry() : null;
		if (entry != null && isKept(call, entry)) {
			Object value = value(call, new Candidate(key, entry, 1));
			return (value != null) ? new Hit(outcome(entry, Outcome.EXACT), key, entry, value, null, look) : null;
		}
		Hit similar = call.policy.semantic() ? this.semantic.find(call, key.partition(),
				(candidate) -> isKept(call, candidate.entry()), (candidate) -> value(call, candidate)) : null;
		return (similar != null) ? similar.with(outcome(similar.entry(), Outcome.SEMANTIC)) : null;
	}

	private Outcome outcome(CacheEntry entry, Outcome fresh) {
		return entry.isStale(this.clock.instant()) ? Outcome.STALE : fresh;
	}

	private CacheStore.@Nullable Lookup find(Call call, CacheKey key) {
		return this.failures.<CacheStore.@Nullable Lookup>attempt(Part.STORE, "find", call.task(),
				() -> this.store.find(key), null);
	}

	/**
	 * Whether another wording asks for the same.
	 */
	boolean isSame(Call call, String prompt, double similarity) {
		return this.semantic.isSame(call, prompt, similarity);
	}

	private boolean isKept(Call call, CacheEntry entry) {
		return this.clock.instant().isBefore(entry.expires().plus(call.policy.staleness().ifError()));
	}

	private @Nullable CacheKey address(Call call) {
		CacheRequest<?> request = call.request;
		call.bypassReason = null;
		if (call.key != null) {
			return call.key;
		}
		if (request.bypassReason() != null) {
			call.bypass(request.bypassReason());
		}
		else if (request.prompt() != null && request.prompt().length() > this.maxPrompt) {
			call.bypass("prompt-too-long");
		}
		else if (request.prompt() == null || request.prompt().isBlank()) {
			call.bypass("no-prompt");
		}
		else if (call.policy.ttl().isZero()) {
			call.bypass("ttl-zero");
		}
		else if (!call.control.isStored()) {
			call.bypass("no-store");
		}
		else if (call.uncommitted) {
			call.bypass("uncommitted-eviction");
		}
		else {
			call.prompt = PromptNormalizer.normalize(request.prompt());
			generateKey(call);
		}
		return call.key;
	}

	private void generateKey(Call call) {
		String fingerprint = this.failures.<@Nullable String>attempt(Part.EMBEDDER, call.task(),
				() -> (this.embedder != null) ? this.embedder.fingerprint() : "", null);
		if (fingerprint == null) {
			call.bypass("embedder-failure");
			return;
		}
		String shape = this.failures.<@Nullable String>attempt(Part.CODEC, "shape", call.task(),
				() -> this.codec.shape(call.request.resultType()), null);
		if (shape == null) {
			call.bypass("codec-failure");
			return;
		}
		String prompt = call.policy.semantic() ? PromptFolding.fold(call.prompt) : call.prompt;
		call.key = this.failures.<@Nullable CacheKey>attempt(Part.KEY, call.task(),
				() -> this.keys.generate(call.request.identity().withResultType(shape), fingerprint, prompt), null);
		if (call.key == null) {
			call.bypass("uncacheable-argument");
		}
	}

	private @Nullable Object value(Call call, Candidate candidate) {
		return call.control.accepts(candidate.entry(), this.clock.instant()) ? decode(call, candidate) : null;
	}

	private @Nullable Object decode(Call call, Candidate candidate) {
		Object value = this.failures.<@Nullable Object>attempt(Part.CODEC, "decode", call.task(),
				() -> this.codec.decode(candidate.entry().payload(), call.request.resultType()), null);
		if (value != null && isValid(call, value)) {
			return value;
		}
		this.failures.attempt(Part.STORE, "remove", call.task(), () -> {
			this.store.remove(candidate.key());
			return true;
		}, false);
		return null;
	}

	private boolean isValid(Call call, Object value) {
		return this.failures.attempt(Part.ADMISSION, call.task(), () -> call.request.invalidReason(value) == null,
				false);
	}

	/**
	 * Judge the nearest candidates, however far they are.
	 */
	List<Explanation.Judgement> judge(Call call, Partition partition) {
		return this.semantic.judge(call, partition);
	}

	/**
	 * Compute what is needed to store an answer for which nothing is looked up.
	 */
	void prepare(Call call) {
		if (call.key != null && !call.bypasses() && call.policy.semantic()) {
			this.semantic.embed(call);
		}
	}

}
