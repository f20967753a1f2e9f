package io.github.llmcache.core;

import java.time.Clock;
import java.time.Duration;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.answer.AdmissionPolicy;
import io.github.llmcache.codec.PayloadCodec;
import io.github.llmcache.event.FailureEvent.Part;
import io.github.llmcache.event.LlmCacheListener;
import io.github.llmcache.event.StoreEvent;
import io.github.llmcache.store.CacheEntry;
import io.github.llmcache.store.CacheKey;
import io.github.llmcache.store.CacheStore;

/**
 * Stores a computed answer if it is worth keeping and still current.
 */
final class AnswerWriter {

	/** Why an answer is not stored that an invalidation has overtaken. */
	static final String INVALIDATED = "invalidated";

	/** Why an answer is not stored that could have been. */
	static final String STORE_FAILURE = "store-failure";

	private final CacheStore store;

	private final PayloadCodec codec;

	private final AdmissionPolicy admissionPolicy;

	private final Clock clock;

	private final double ttlJitter;

	private final DoubleSupplier random;

	private final LlmCacheListener listener;

	private final FailureReporter failures;

	AnswerWriter(LlmCacheBuilder builder, FailureReporter failures) {
		this.store = builder.store;
		this.codec = builder.codec;
		this.admissionPolicy = builder.admissionPolicy;
		this.clock = builder.clock;
		this.ttlJitter = builder.ttlJitter;
		this.random = builder.random;
		this.listener = builder.listener;
		this.failures = failures;
	}

	/**
	 * Store the answer, and tell the listener.
	 * @return why it was not stored, or {@code null} if it was
	 */
	@Nullable String store(Call call, CacheKey key, @Nullable Object value, Duration loadTime) {
		String rejection = prepare(call, value, loadTime);
		CacheEntry entry = call.computed;
		if (rejection == null && entry != null) {
			rejection = this.failures.<@Nullable String>attempt(Part.STORE, "put", call.task(),
					() -> this.store.put(key, entry, call.generation) ? null : INVALIDATED, STORE_FAILURE);
		}
		this.listener.onStore(new StoreEvent(call.task(), rejection));
		return rejection;
	}

	/**
	 * Make an entry of the answer, which the call keeps.
	 * @return why there is none, or {@code null} if there is
	 */
	@Nullable String prepare(Call call, @Nullable Object value, Duration loadTime) {
		String rejection = this.failures.attempt(Part.ADMISSION, call.task(), () -> rejection(call, value),
				"admission-failure");
		if (rejection != null || value == null) {
			return rejection;
		}
		byte[] payload = encode(call, value);
		if (payload == null) {
			return "payload-failure";
		}
		if (payload.length > call.policy.maxPayload()) {
			return "payload-too-large";
		}
		call.computed = new CacheEntry(call.prompt, payload, call.embedding, this.clock.instant(), ttl(call),
				call.policy.staleness().ifError(), loadTime, call.request.tags());
		return null;
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

	/**
	 * At least a millisecond, since a jitter may take all of a TTL.
	 */
	private Duration ttl(Call call) {
		Duration ttl = call.policy.ttl();
		if (this.ttlJitter == 0) {
			return ttl;
		}
		long millis = Math.round(ttl.toMillis() * (1 - this.ttlJitter * this.random.getAsDouble()));
		return Duration.ofMillis(Math.max(1, millis));
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

}
