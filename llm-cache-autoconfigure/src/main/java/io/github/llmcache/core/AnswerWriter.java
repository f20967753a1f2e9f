package io.github.llmcache.core;

import java.time.Clock;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.answer.AdmissionPolicy;
import io.github.llmcache.answer.TokenUsage;
import io.github.llmcache.codec.PayloadCodec;
import io.github.llmcache.cost.UsageReader;
import io.github.llmcache.event.FailureEvent.Part;
import io.github.llmcache.event.LlmCacheListener;
import io.github.llmcache.event.StoreEvent;
import io.github.llmcache.failure.FailureReporter;
import io.github.llmcache.sharing.SharedAnswers;
import io.github.llmcache.sharing.Sharing;
import io.github.llmcache.store.CacheEntry;
import io.github.llmcache.store.CacheKey;
import io.github.llmcache.store.CacheStore;
import io.github.llmcache.trace.StepKind;
import io.github.llmcache.trace.StepObserver;

/**
 * Stores a loaded answer if it is worth keeping and still current.
 */
final class AnswerWriter {

	/** Why an answer that an eviction has overtaken is not stored. */
	static final String EVICTED = "evicted";

	/** Why an answer that is worth keeping is not stored: the store has failed. */
	static final String STORE_FAILURE = "store-failure";

	private final CacheStore store;

	private final Addressing addressing;

	private final SharedAnswers shared;

	private final PayloadCodec codec;

	private final AdmissionPolicy admissionPolicy;

	private final UsageReader usage;

	private final Clock clock;

	private final UnaryOperator<Duration> jitteredTtl;

	private final LlmCacheListener listener;

	private final StepObserver observer;

	private final FailureReporter failures;

	/**
	 * Create the writer.
	 * @param jitteredTtl shortens a TTL at random
	 */
	AnswerWriter(CacheStore store, Addressing addressing, SharedAnswers shared, PayloadCodec codec,
			AdmissionPolicy admissionPolicy, UsageReader usage, UnaryOperator<Duration> jitteredTtl, Clock clock,
			LlmCacheListener listener, StepObserver observer, FailureReporter failures) {
		this.store = store;
		this.addressing = addressing;
		this.shared = shared;
		this.codec = codec;
		this.admissionPolicy = admissionPolicy;
		this.usage = usage;
		this.jitteredTtl = jitteredTtl;
		this.clock = clock;
		this.listener = listener;
		this.observer = observer;
		this.failures = failures;
	}

	/**
	 * Store the answer, and notify the listener.
	 */
	Written store(Findings findings, CacheKey key, @Nullable Object value, Duration loadTime) {
		Written written = prepare(findings, value, loadTime);
		CacheEntry entry = written.entry();
		if (entry != null) {
			String rejection = this.failures.<@Nullable String>attempt(Part.STORE, "put", findings.task(),
					() -> put(findings, key, entry), STORE_FAILURE);
			written = new Written(entry, rejection);
			if (rejection == null) {
				share(findings, entry);
			}
		}
		this.listener.onStore(new StoreEvent(findings.task(), written.rejection()));
		return written;
	}

	private void share(Findings findings, CacheEntry entry) {
		Sharing sharing = this.addressing.sharing(findings.call(), findings.address());
		if (sharing != null) {
			this.shared.stored(sharing, entry, findings.sharedGeneration());
		}
	}

	private @Nullable String put(Findings findings, CacheKey key, CacheEntry entry) {
		return this.observer.<@Nullable String>observe(StepKind.STORE, findings.task(), findings.call().observed,
				() -> this.store.put(key, entry, findings.generation()) ? null : EVICTED,
				(rejection) -> (rejection != null) ? rejection : "stored");
	}

	/**
	 * Make an entry of the answer, and do not store it.
	 */
	Written prepare(Findings findings, @Nullable Object value, Duration loadTime) {
		Call call = findings.call();
		String rejection = this.failures.attempt(Part.ADMISSION, call.task(), () -> rejection(call, value),
				"admission-failure");
		if (rejection != null || value == null) {
			return new Written(null, rejection);
		}
		byte[] payload = encode(call, value);
		if (payload == null) {
			return new Written(null, "payload-failure");
		}
		if (payload.length > call.policy.maxPayload()) {
			return new Written(null, "payload-too-large");
		}
		CacheEntry entry = new CacheEntry(findings.address().prompt(), payload, findings.trail().embedding().vector(),
				this.clock.instant(), this.jitteredTtl.apply(call.policy.ttl()), call.policy.staleness().ifError(),
				loadTime, call.request.tags());
		return new Written(entry.withUsage(usage(findings, value, payload)), null);
	}

	private @Nullable TokenUsage usage(Findings findings, Object value, byte[] payload) {
		String task = findings.task();
		String prompt = findings.address().prompt();
		TokenUsage told = this.failures.<@Nullable TokenUsage>attempt(Part.USAGE, task,
				() -> this.usage.reported(task, value), null);
		return (told != null) ? told : this.failures.<@Nullable TokenUsage>attempt(Part.USAGE, task,
				() -> this.usage.estimate(task, prompt, value, payload), null);
	}

	/**
	 * Keep an answer, or a part of it, as it is now.
	 * @return gives a copy each time, or {@code null} if it cannot be copied
	 */
	@SuppressWarnings("unchecked")
	<T> @Nullable Supplier<T> snapshot(Call call, T value) {
		byte[] payload = encode(call, value);
		return (payload != null) ? () -> (T) this.codec.decode(payload, call.request.resultType()) : null;
	}

	private byte @Nullable [] encode(Call call, Object value) {
		return this.failures.<byte @Nullable []>attempt(Part.CODEC, "encode", call.task(),
				() -> this.codec.encode(value, call.request.resultType()), null);
	}

	private @Nullable String rejection(Call call, @Nullable Object value) {
		if (value == null) {
			return "null-value";
		}
		if (call.request.isVetoed(value)) {
			return "unless";
		}
		String reason = this.admissionPolicy.rejectionReason(call.task(), value);
		return (reason != null) ? reason : call.request.invalidReason(value);
	}

	/**
	 * What became of an answer.
	 *
	 * @param entry the answer as an entry, or {@code null} if there is none
	 * @param rejection why it is not stored, or {@code null}
	 */
	record Written(@Nullable CacheEntry entry, @Nullable String rejection) {

	}

}
