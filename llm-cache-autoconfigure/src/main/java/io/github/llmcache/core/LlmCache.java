package io.github.llmcache.core;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.core.Call.Hit;
import io.github.llmcache.core.SingleFlight.Landing;

/**
 * The cache. {@code @LlmCached} is an adapter over it, and code that has no method to
 * annotate calls it directly:
 *
 * <pre class="code">
 * CacheRequest&lt;Answer&gt; request = CacheRequest.forTask("support-answer", Answer.class)
 *     .prompt(prompt)
 *     .model(model)
 *     .semantic(true)
 *     .build();
 * CachedAnswer&lt;Answer&gt; answer = cache.get(request, () -&gt; client.ask(prompt, model));
 * </pre>
 *
 * <p>
 * Safe for use by many threads. A failure of store, embedder, verifier or codec never
 * fails the call: the loader runs then.
 */
public final class LlmCache {

	private final CacheStore store;

	private final CachePolicies policies;

	private final LlmCacheListener listener;

	private final Clock clock;

	private final LongSupplier nanoTime;

	private final AnswerLookup lookup;

	private final AnswerWriter writer;

	private final Auditor auditor;

	private final SingleFlight flights;

	private final @Nullable InstanceLease leases;

	private final Duration maxWait;

	LlmCache(LlmCacheBuilder builder) {
		this.store = builder.store;
		this.policies = builder.policies;
		this.listener = builder.listener;
		this.clock = builder.clock;
		this.nanoTime = builder.nanoTime;
		FailureReporter failures = new FailureReporter(this.listener);
		this.lookup = new AnswerLookup(builder, failures);
		this.maxWait = builder.maxWait;
		this.flights = new SingleFlight(builder.maxWait);
		this.leases = (builder.store instanceof LeaseStore leaseStore && !builder.lease.isZero()
				&& !builder.maxWait.isZero()) ? new InstanceLease(leaseStore, builder.lease, failures) : null;
		this.writer = new AnswerWriter(builder, failures);
		this.auditor = new Auditor(builder, this.writer, failures);
	}

	/**
	 * Start building a cache.
	 * @param store where entries live
	 * @param codec how answers become bytes
	 * @param keys how requests become keys
	 * @return a builder
	 */
	public static LlmCacheBuilder builder(CacheStore store, PayloadCodec codec, PromptKeyGenerator keys) {
		return new LlmCacheBuilder(store, codec, keys);
	}

	/**
	 * Answer from the cache, or else by the loader, whose answer is then stored. If
	 * another thread is computing the answer to the same prompt, wait for that one.
	 * @param <T> type of the answer
	 * @param <X> what the loader may throw
	 * @param request the question
	 * @param loader computes the answer; called at most once, on this thread unless the
	 * answer is audited
	 * @return the answer and where it came from
	 * @throws X what the loader threw, as it was thrown; nothing is stored then
	 */
	public <T, X extends Throwable> CachedAnswer<T> get(CacheRequest<T> request, Loader<? extends T, X> loader)
			throws X {
		Call call = new Call(request, this.policies.resolve(request.task(), request.policy()));
		Landing landing = Landing.NOTHING;
		boolean stored = false;
		try {
			long start = this.nanoTime.getAsLong();
			Hit hit = find(call);
			Duration lookupTime = since(start).minusNanos(call.waited);
			this.listener.onLookup(call.event(hit, this.clock.instant(), lookupTime));
			if (call.waited > 0) {
				this.listener.onWait(new WaitEvent(call.task(), hit != null, Duration.ofNanos(call.waited)));
			}
			if (hit != null) {
				landing = Landing.with(hit);
				this.auditor.audit(call, hit, loader);
				return hit.answer(this.clock.instant());
			}
			long loadStart = this.nanoTime.getAsLong();
			T value = load(call, loader, loadStart);
			if (call.key == null) {
				return CachedAnswer.bypassed(value, call.bypassReason);
			}
			String rejection = this.writer.store(call, call.key, value, since(loadStart));
			stored = rejection == null;
			landing = landing(call, call.key, value, rejection);
			this.listener.onStore(new StoreEvent(call.task(), rejection));
			this.auditor.learn(call);
			return CachedAnswer.of(value);
		}
		finally {
			if (call.lease != null) {
				call.lease.end(stored);
			}
			if (call.flight != null) {
				call.flight.land(landing);
			}
		}
	}

	/**
	 * Tell what the cache would do for a request, and why. Nothing is served, stored or
	 * counted, and candidates below the minimum similarity are judged, too.
	 * @param request the question
	 * @return the candidates with their verdicts
	 */
	public Explanation explain(CacheRequest<?> request) {
		Call call = new Call(request, this.policies.resolve(request.task(), request.policy()));
		boolean exact = this.lookup.exact(call) != null;
		CacheKey key = call.key;
		if (key == null) {
			return Explanation.bypass(call);
		}
		List<Explanation.Judgement> candidates = this.lookup.judge(call, key.partition());
		return new Explanation(key, null, exact, call.semanticSkip, call.policy.minSimilarity(), candidates);
	}

	/**
	 * Invalidate all entries that match, on all instances that share the store. Answers
	 * that are being computed now will not be stored.
	 * @param selector what to invalidate
	 * @return the number of entries that were removed
	 * @throws RuntimeException if the store failed; old answers may then still be there
	 */
	public long evict(EvictionSelector selector) {
		return this.store.evict(selector);
	}

	/**
	 * Look for an answer, again after each computation of it that this call waited for.
	 */
	private @Nullable Hit find(Call call) {
		Hit hit = this.lookup.exact(call);
		if (!call.control.isServed()) {
			this.lookup.prepare(call);
			return null;
		}
		while (hit == null && call.key != null) {
			call.flight = this.flights.lead(call.key, call.generation);
			if (call.flight != null) {
				hit = this.lookup.similar(call);
				return (hit != null) ? hit : awaitInstances(call, call.key);
			}
			Landing landing = await(call, call.key);
			hit = (landing.hit() != null) ? this.lookup.handedOver(call, landing.hit()) : this.lookup.exact(call);
			if (landing.alone()) {
				return (hit != null) ? hit : this.lookup.similar(call);
			}
		}
		return hit;
	}

	/**
	 * Compute, unless another instance does: then wait for its answer.
	 */
	private @Nullable Hit awaitInstances(Call call, CacheKey key) {
		if (this.leases == null) {
			return null;
		}
		long start = this.nanoTime.getAsLong();
		call.lease = this.leases.acquire(call, key, this.maxWait.toNanos() - call.waited);
		if (call.lease != null && call.lease.isImmediate()) {
			return null;
		}
		call.waited += this.nanoTime.getAsLong() - start;
		return this.lookup.exact(call);
	}

	/**
	 * What is computed is handed over, even if the store failed. An answer that was
	 * invalidated meanwhile has to be computed again, once; one that is not worth
	 * keeping, by everybody.
	 */
	private static Landing landing(Call call, CacheKey key, @Nullable Object value, @Nullable String rejection) {
		if (AnswerWriter.INVALIDATED.equals(rejection)) {
			return Landing.NOTHING;
		}
		CacheEntry entry = call.computed;
		return (value != null && entry != null) ? Landing.with(new Hit(Outcome.EXACT, key, entry, value, null))
				: Landing.ALONE;
	}

	private Landing await(Call call, CacheKey key) {
		long start = this.nanoTime.getAsLong();
		Landing landing = this.flights.follow(key, call.generation, call.waited);
		call.waited += this.nanoTime.getAsLong() - start;
		return landing;
	}

	private <T, X extends Throwable> @Nullable T load(Call call, Loader<? extends T, X> loader, long start) throws X {
		boolean failed = true;
		try {
			T value = loader.load();
			failed = false;
			return value;
		}
		finally {
			this.listener.onLoad(new LoadEvent(call.task(), since(start), failed));
		}
	}

	private Duration since(long start) {
		return Duration.ofNanos(this.nanoTime.getAsLong() - start);
	}

}
