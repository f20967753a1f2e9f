package io.github.llmcache.core;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.answer.CachedAnswer;
import io.github.llmcache.codec.PayloadCodec;
import io.github.llmcache.core.Call.Hit;
import io.github.llmcache.core.SingleFlight.Landing;
import io.github.llmcache.event.LlmCacheListener;
import io.github.llmcache.event.WaitEvent;
import io.github.llmcache.key.PromptKeyGenerator;
import io.github.llmcache.policy.CachePolicies;
import io.github.llmcache.store.CacheKey;
import io.github.llmcache.store.CacheStore;
import io.github.llmcache.store.EvictionSelector;
import io.github.llmcache.store.LeaseStore;

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

	private final CachePolicies policies;

	private final LlmCacheListener listener;

	private final Clock clock;

	private final LongSupplier nanoTime;

	private final AnswerLookup lookup;

	private final Computation.Parts parts;

	private final SingleFlight flights;

	private final @Nullable InstanceLease leases;

	private final Refresher refresher;

	private final Threads threads;

	private final Evictions evictions;

	LlmCache(LlmCacheBuilder builder) {
		this.policies = builder.policies;
		this.listener = builder.listener;
		this.clock = builder.clock;
		this.nanoTime = builder.nanoTime;
		this.threads = new Threads(builder.executor, builder.context);
		FailureReporter failures = new FailureReporter(this.listener);
		this.flights = new SingleFlight(builder.maxWait, builder.failTogether);
		this.evictions = new Evictions(builder.store, this.flights, builder.transactions, this.threads, failures);
		this.lookup = new AnswerLookup(builder, failures);
		this.leases = (builder.store instanceof LeaseStore leaseStore && !builder.lease.isZero()
				&& !builder.maxWait.isZero()) ? new InstanceLease(leaseStore, builder.lease, failures) : null;
		AnswerWriter writer = new AnswerWriter(builder, failures);
		this.parts = new Computation.Parts(this.lookup, writer, new Auditor(builder, writer, failures), this.listener,
				this.clock, this.nanoTime);
		this.refresher = new Refresher(this.parts, this.leases, this.threads, failures);
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
	 * answer is audited or refreshed
	 * @return the answer and where it came from
	 * @throws X what the loader threw, as it was thrown; nothing is stored then
	 */
	public <T, X extends Throwable> CachedAnswer<T> get(CacheRequest<T> request, Loader<? extends T, X> loader)
			throws X {
		Call call = call(request, CallOrigin.current(), null, false);
		try {
			long start = this.nanoTime.getAsLong();
			Decision decision = decide(search(call));
			decided(call, decision, start);
			if (decision instanceof Decision.Serve serve) {
				return served(call, serve.hit(), loader);
			}
			if (decision instanceof Decision.Fail fail) {
				throw LlmCache.<X>sneaky(fail.failure());
			}
			return compute(call, loader);
		}
		finally {
			call.end(null);
		}
	}

	/**
	 * Answer from the cache, or else by the loader, whose answer is then stored, without
	 * keeping this thread: the cache works on the threads of its executor, and no thread
	 * waits for the answer.
	 * @param <T> type of the answer
	 * @param request the question
	 * @param loader starts computing the answer; called at most once, on a thread of the
	 * executor, unless the answer is audited or refreshed
	 * @return the answer and where it came from; fails with what the loader threw, or
	 * with what its stage failed with. Cancelling it cancels the loader's future
	 */
	public <T> CompletableFuture<CachedAnswer<T>> getAsync(CacheRequest<T> request,
			Loader<? extends CompletionStage<? extends @Nullable T>, ?> loader) {
		AsyncAnswer<T> answer = new AsyncAnswer<>(loader);
		lookup(request, CallOrigin.current(), null, false, () -> Futures.join(loader.load()), answer::decided);
		return answer.future();
	}

	/**
	 * Look an answer up, as the first half of a call whose second half is the caller's:
	 * for adapters of asynchronous types. Does not block.
	 * @param <T> type of the answer
	 * @param request the question
	 * @param origin where this call is made
	 * @param pending what the transaction has put off that this call is part of, if that
	 * is not the one of this thread
	 * @param streaming whether the caller can take part in what another one has
	 * {@linkplain Lookup.Missed#share shared}
	 * @param again computes the answer on a thread that may block, for audits and
	 * refreshes
	 * @param decided is given what came of it, once, and has to deal with it even if
	 * nobody waits for it any more. Called on a thread of the executor, or on this one if
	 * the executor refuses
	 */
	public <T> void lookup(CacheRequest<T> request, CallOrigin origin, @Nullable PendingEvictions pending,
			boolean streaming, Loader<? extends T, ?> again, Consumer<Lookup<T>> decided) {
		Call call = call(request, origin, pending, streaming);
		Executor executor = this.threads.forCall();
		long start = this.nanoTime.getAsLong();
		new AsyncSearch(call, search(call), executor, (decision) -> {
			decided(call, decision, start);
			decided.accept(result(call, decision, again, executor));
		}).start();
	}

	private <T> Lookup<T> result(Call call, Decision decision, Loader<? extends T, ?> again, Executor executor) {
		if (decision instanceof Decision.Serve serve) {
			CachedAnswer<T> answer = served(call, serve.hit(), again);
			call.end(executor);
			return new Lookup.Found<>(answer);
		}
		if (decision instanceof Decision.Join join) {
			call.end(executor);
			return new Lookup.Running<>(join.stream(), call, this.flights, this.nanoTime);
		}
		if (decision instanceof Decision.Fail fail) {
			call.end(executor);
			return new Lookup.Failed<>(fail.failure());
		}
		return new Lookup.Missed<>(call, new Computation(call, this.parts), executor);
	}

	/**
	 * Tell what the cache would do for a request, and why. Nothing is served, stored or
	 * counted, and candidates below the minimum similarity are judged, too.
	 * @param request the question
	 * @return the candidates with their verdicts
	 */
	public Explanation explain(CacheRequest<?> request) {
		Call call = call(request, CallOrigin.current(), null, false);
		boolean exact = this.lookup.exact(call) != null;
		CacheKey key = call.key;
		if (key == null || call.bypasses()) {
			return Explanation.bypass(call);
		}
		List<Explanation.Judgement> candidates = this.lookup.judge(call, key.partition());
		return new Explanation(key, null, exact, call.semanticSkip, call.policy.minSimilarity(), candidates);
	}

	/**
	 * Invalidate all entries that match, on all instances that share the store. Answers
	 * that are being computed now will not be stored.
	 * <p>
	 * If this thread is in a transaction, this happens when it has committed, and does
	 * not if it is rolled back. Until then, calls of the transaction bypass the cache if
	 * they may be among those that are invalidated.
	 * @param selector what to invalidate
	 * @return the number of entries that were removed, 0 if that waits for a commit
	 * @throws RuntimeException if the store failed; old answers may then still be there.
	 * After a commit nothing is thrown: a failure is told to the listener and logged
	 * @see #evictNow
	 */
	public long evict(EvictionSelector selector) {
		return this.evictions.evictor().evict(selector);
	}

	/**
	 * Invalidate all entries that match, as {@link #evict} does, without keeping this
	 * thread.
	 * @param selector what to invalidate
	 * @return the number of entries that were removed, 0 if that waits for a commit; does
	 * not wait for it; fails if the store failed
	 */
	public CompletableFuture<Long> evictAsync(EvictionSelector selector) {
		return this.evictions.evictor().evictAsync(selector);
	}

	/**
	 * Invalidate all entries that match at once, even within a transaction: others may
	 * then store answers that were computed out of what it has not committed yet.
	 * @param selector what to invalidate
	 * @return the number of entries that were removed
	 * @throws RuntimeException if the store failed; old answers may then still be there
	 */
	public long evictNow(EvictionSelector selector) {
		return this.evictions.evictNow(selector);
	}

	/**
	 * The invalidations, for adapters of methods and transactions.
	 * @return always the same
	 */
	public Evictions evictions() {
		return this.evictions;
	}

	private Call call(CacheRequest<?> request, CallOrigin origin, @Nullable PendingEvictions pending,
			boolean streaming) {
		return new Call(request, this.policies.resolve(request.task(), request.policy()), origin,
				this.evictions.isUncommitted(request.identity(), pending), streaming);
	}

	private static Decision decide(AnswerSearch search) {
		Step step = search.advance();
		while (step instanceof Wait wait) {
			if (!wait.block()) {
				search.giveUp();
			}
			step = search.advance();
		}
		return (Decision) step;
	}

	private AnswerSearch search(Call call) {
		return new AnswerSearch(call, this.lookup, this.flights, this.leases, this.nanoTime);
	}

	/**
	 * Tell how the lookup ended, unless an old answer may yet make up for a failure of
	 * the method.
	 */
	private void decided(Call call, Decision decision, long start) {
		call.lookupTime = Duration.ofNanos(this.nanoTime.getAsLong() - start - call.waited);
		if (!(decision instanceof Decision.Join)) {
			call.chain.goOn();
		}
		if (decision instanceof Decision.Serve serve) {
			call.tell(this.listener, call.event(serve.hit(), this.clock.instant()));
		}
		else if (decision instanceof Decision.Join join) {
			call.tell(this.listener, call.event(join.stream()));
		}
		else if (!call.expired) {
			call.tell(this.listener, call.event());
		}
		if (call.waited > 0) {
			boolean answered = decision instanceof Decision.Serve || decision instanceof Decision.Join;
			this.listener.onWait(new WaitEvent(call.task(), answered, Duration.ofNanos(call.waited)));
		}
	}

	private <T> CachedAnswer<T> served(Call call, Hit hit, Loader<? extends T, ?> again) {
		call.landing = Landing.with(hit);
		if (!call.bypasses() && !this.parts.auditor().audit(call, hit, again)) {
			this.refresher.refresh(call, hit, again);
		}
		return call.served(hit, this.clock.instant());
	}

	private <T, X extends Throwable> CachedAnswer<T> compute(Call call, Loader<? extends T, X> loader) throws X {
		Computation computation = new Computation(call, this.parts);
		T value;
		try {
			value = call.within().run(loader);
		}
		catch (Throwable ex) {
			CachedAnswer<T> stale = computation.failed(ex);
			if (stale != null) {
				return stale;
			}
			throw ex;
		}
		return computation.succeeded(value);
	}

	/**
	 * What the loader of another call threw, as it was thrown.
	 */
	@SuppressWarnings("unchecked")
	private static <X extends Throwable> X sneaky(Throwable failure) throws X {
		throw (X) failure;
	}

}
