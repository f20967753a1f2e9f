package io.github.llmcache.core;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.answer.CachedAnswer;
import io.github.llmcache.core.SingleFlight.Landing;
import io.github.llmcache.core.Step.Decision;
import io.github.llmcache.correction.Corrections;
import io.github.llmcache.event.LlmCacheListener;
import io.github.llmcache.event.WaitEvent;
import io.github.llmcache.eviction.Evictions;
import io.github.llmcache.eviction.PendingEvictions;
import io.github.llmcache.explain.Explanation;
import io.github.llmcache.explain.KnownEntry;
import io.github.llmcache.explain.KnownPartition;
import io.github.llmcache.feedback.Feedback;
import io.github.llmcache.feedback.FeedbackResult;
import io.github.llmcache.policy.CachePolicies;
import io.github.llmcache.store.Erasure;
import io.github.llmcache.store.EvictionSelector;
import io.github.llmcache.store.Partition;
import io.github.llmcache.thread.Threads;

/**
 * The cache. {@code @LlmCached} is an adapter on top of it; code that has no method to
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
 * fails the call: the loader runs instead.
 */
public final class LlmCache {

	private final CachePolicies policies;

	private final AnswerSearch.Parts search;

	private final AnswerLoad.Parts load;

	private final Refresher refresher;

	private final Threads threads;

	private final Evictions evictions;

	private final Corrections corrections;

	private final Explainer explainer;

	LlmCache(CachePolicies policies, AnswerSearch.Parts search, AnswerLoad.Parts load, Refresher refresher,
			Threads threads, Evictions evictions, Corrections corrections, Explainer explainer) {
		this.policies = policies;
		this.search = search;
		this.load = load;
		this.refresher = refresher;
		this.threads = threads;
		this.evictions = evictions;
		this.corrections = corrections;
		this.explainer = explainer;
	}

	/**
	 * Answer from the cache, or else with the loader, whose answer is then stored. If
	 * another thread is loading the answer to the same prompt, wait for it.
	 * @param <T> type of the answer
	 * @param <X> what the loader may throw
	 * @param request the question
	 * @param loader loads the answer; called at most once and on this thread, unless the
	 * answer is audited or refreshed
	 * @return the answer and where it came from
	 * @throws X whatever the loader threw, unchanged; nothing is stored then
	 */
	public <T, X extends Throwable> CachedAnswer<T> get(CacheRequest<T> request, Loader<? extends T, X> loader)
			throws X {
		Decision decision = search(request, CallOrigin.current(), null, false).decide();
		Resolution<T> resolution = resolution(decision, loader, Runnable::run);
		if (resolution instanceof Resolution.Found<T> found) {
			return found.answer();
		}
		if (resolution instanceof Resolution.Failed<T> failed) {
			throw LlmCache.<X>sneaky(failed.failure());
		}
		return ((Resolution.Missed<T>) resolution).load(loader);
	}

	/**
	 * Answer from the cache, or else with the loader, whose answer is then stored. This
	 * thread is not blocked: the cache works on the threads of its executor, and no
	 * thread waits for the answer.
	 * @param <T> type of the answer
	 * @param request the question
	 * @param loader starts loading the answer; called at most once and on a thread of the
	 * executor, unless the answer is audited or refreshed
	 * @return the answer and where it came from; fails with whatever the loader threw or
	 * its stage failed with. Cancelling it cancels the future of the loader
	 */
	public <T> CompletableFuture<CachedAnswer<T>> getAsync(CacheRequest<T> request,
			Loader<? extends CompletionStage<? extends @Nullable T>, ?> loader) {
		AsyncAnswer<T> answer = new AsyncAnswer<>(loader);
		resolve(request, CallOrigin.current(), null, false, answer::loadBlocking, answer::resolved);
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
	 * {@linkplain Resolution.Missed#share shared}
	 * @param again loads the answer on a thread that may block, for audits and refreshes
	 * @param resolved is given what came of it, once, and has to deal with it even if
	 * nobody waits for it any more. Called on a thread of the executor, or on this one if
	 * the executor refuses
	 */
	public <T> void resolve(CacheRequest<T> request, CallOrigin origin, @Nullable PendingEvictions pending,
			boolean streaming, Loader<? extends T, ?> again, Consumer<Resolution<T>> resolved) {
		Executor executor = this.threads.forCall();
		AnswerSearch search = search(request, origin, pending, streaming);
		new SearchScheduler(search, executor, (decision) -> resolved.accept(resolution(decision, again, executor)))
			.start();
	}

	/**
	 * Explain what the cache would do for a request, and why. Nothing is served, stored
	 * or counted, and the method is not called. Candidates below the minimum similarity
	 * are judged as well.
	 * @param request the question
	 * @return what would be served, and the candidates with their verdicts
	 */
	public Explanation explain(CacheRequest<?> request) {
		return this.explainer.explain(call(request, CallOrigin.current(), null, false));
	}

	/**
	 * Explain what the cache would do for a prompt in a partition, as
	 * {@link #explain(CacheRequest)} does, where there is no method call to take the
	 * request of.
	 * @param partition the partition, see {@link #partitions}
	 * @param prompt the prompt
	 * @param entryId an entry of the partition that is judged in any case, to explain why
	 * it was served, or {@code null}; if it is of another wording, the entry of the very
	 * same prompt is left out, which an audit may have stored since
	 * @param missed whether there was a miss, whose answer is stored by now: the entry of
	 * the very same prompt is left out
	 * @return what would be served, and the candidates with their verdicts
	 * @throws UnsupportedOperationException if the application's key generator does not
	 * know the keys of a partition
	 */
	public Explanation explain(KnownPartition partition, String prompt, @Nullable String entryId, boolean missed) {
		CacheRequest<?> request = CacheRequest.forTask(partition.partition().task(), Object.class)
			.prompt(prompt)
			.policy(partition.policy())
			.build();
		Call call = new Call(request, this.policies.resolve(request.task(), request.policy()), CallOrigin.current(),
				false, false, null);
		return this.explainer.explain(call, partition, entryId, missed);
	}

	/**
	 * The partitions of a task, or of all, that this instance was called for lately or
	 * that the store has: each stands for one identity.
	 * @param selector selects partitions by task, model, template and scope
	 * @param limit the most that are given; positive
	 * @return the partitions
	 */
	public List<KnownPartition> partitions(EvictionSelector selector, int limit) {
		return this.explainer.partitions().find(selector, limit);
	}

	/**
	 * What is known of a partition.
	 * @param partition the partition, as a store knows it
	 * @return the same with all parts of its identity, if this instance was called for it
	 * lately
	 */
	public KnownPartition known(Partition partition) {
		return this.explainer.partitions().of(partition);
	}

	/**
	 * Find an entry by its id, which callers get as {@link CachedAnswer#entryId}. Asks
	 * for each partition of the task, so it is not for calls.
	 * @param task its task
	 * @param entryId its id
	 * @return the entry, or {@code null} if it is not there
	 */
	public @Nullable KnownEntry entry(String task, String entryId) {
		return this.explainer.partitions().entry(task, entryId);
	}

	/**
	 * Evict all entries that match, on all instances that share the store. Answers that
	 * are being loaded at the moment will not be stored.
	 * <p>
	 * If this thread is in a transaction, the eviction happens after the commit, and not
	 * at all after a rollback. Until then, calls within the transaction that the eviction
	 * may concern bypass the cache.
	 * @param selector what to evict
	 * @return the number of entries removed, 0 if the eviction waits for a commit
	 * @throws RuntimeException if the store failed; old answers may still be there then.
	 * After a commit nothing is thrown: a failure is reported to the listener and logged
	 * @see #evictNow
	 */
	public long evict(EvictionSelector selector) {
		return this.evictions.evictor().evict(selector);
	}

	/**
	 * Evict all entries that match, as {@link #evict} does, without blocking this thread.
	 * @param selector what to evict
	 * @return the number of entries removed, 0 if the eviction waits for a commit; does
	 * not wait for it; fails if the store failed
	 */
	public CompletableFuture<Long> evictAsync(EvictionSelector selector) {
		return this.evictions.evictor().evictAsync(selector);
	}

	/**
	 * Evict all entries that match at once, even within a transaction. Others may then
	 * store answers that were loaded from the state before its commit.
	 * @param selector what to evict
	 * @return the number of entries that were removed
	 * @throws RuntimeException if the store failed; old answers may then still be there
	 */
	public long evictNow(EvictionSelector selector) {
		return this.evictions.immediate().evict(selector);
	}

	/**
	 * Erase everything that is kept of a scope, as a tenant or user may demand who
	 * leaves: answers, vectors, aliases, what feedback has forbidden, match records of
	 * the calibration, and that there were partitions of the scope. Holds on all
	 * instances, within a transaction, too. Then the store is looked through again.
	 * <p>
	 * What was stored without a scope is not found by it.
	 * @param scope the scope
	 * @return what was erased, and what is left: nothing, unless the scope is still in
	 * use
	 * @throws IllegalArgumentException if the scope is empty
	 * @throws UnsupportedOperationException if the store is not an
	 * {@link io.github.llmcache.store.ErasableStore ErasableStore}
	 * @throws RuntimeException if the store failed: some of it may be left, so erase
	 * again
	 */
	public Erasure erase(String scope) {
		return this.evictions.immediate().erase(scope);
	}

	/**
	 * The evictions, for adapters of methods and transactions.
	 * @return always the same
	 */
	public Evictions evictions() {
		return this.evictions;
	}

	/**
	 * Say that an answer was right or wrong for a prompt.
	 * <p>
	 * A wrong answer is removed, and no instance serves it to that prompt again, from its
	 * next lookup on: neither the entry nor another one whose answer is equal or says the
	 * same. The prompt is never matched to that of the entry again. This holds for the
	 * prompt in any case, with or without courtesies, until the method itself gives that
	 * answer for it; and as long as the store keeps it, at least for the latest 1,000 of
	 * a partition. Either way, the calibration of a measured task learns from it.
	 * @param feedback which answer, and whether it was right
	 * @return what has changed
	 * @throws UnsupportedOperationException if the store does not keep feedback
	 * @throws RuntimeException if the store failed; the answer may still be there then
	 */
	public FeedbackResult feedback(Feedback feedback) {
		return this.corrections.accept(feedback);
	}

	private Call call(CacheRequest<?> request, CallOrigin origin, @Nullable PendingEvictions pending,
			boolean streaming) {
		return new Call(request, this.policies.resolve(request.task(), request.policy()), origin,
				this.evictions.isUncommitted(request.identity(), pending), streaming, observed(origin));
	}

	private @Nullable Object observed(CallOrigin origin) {
		Object observed = origin.observed();
		return (observed != null) ? observed : this.search.observer().current();
	}

	private AnswerSearch search(CacheRequest<?> request, CallOrigin origin, @Nullable PendingEvictions pending,
			boolean streaming) {
		return new AnswerSearch(call(request, origin, pending, streaming), this.search);
	}

	/**
	 * How any call goes on, whether a thread waits for it or not.
	 * @param executor talks to the store when others are let go of
	 */
	private <T> Resolution<T> resolution(Decision decision, Loader<? extends T, ?> again, Executor executor) {
		Instant now = this.load.clock().instant();
		notifyListener(decision, now);
		Findings findings = decision.findings();
		if (decision instanceof Step.Load) {
			return new Resolution.Missed<>(new AnswerLoad(findings, this.load), executor);
		}
		Landing landing = Landing.NOTHING;
		try {
			if (decision instanceof Step.Serve serve) {
				landing = Landing.with(serve.hit());
				return new Resolution.Found<>(serve(findings, serve.hit(), again, now));
			}
			if (decision instanceof Step.Join join) {
				return new Resolution.Running<>(join.stream(), findings, this.search.flights(), this.search.nanoTime());
			}
			return new Resolution.Failed<>(((Step.Fail) decision).failure());
		}
		finally {
			findings.ticket().end(landing, false, executor);
		}
	}

	private <T> CachedAnswer<T> serve(Findings findings, Hit hit, Loader<? extends T, ?> again, Instant now) {
		if (!findings.bypasses() && !this.load.auditor().audit(findings, hit, again)) {
			this.refresher.refresh(findings, hit, again, now);
		}
		if (hit.similarity() != null && !findings.bypasses()) {
			this.corrections.served()
				.add(hit.key(), hit.entry().prompt(), findings.address().prompt(),
						findings.trail().matchRecord(hit.key()));
		}
		return findings.served(hit, now);
	}

	/**
	 * Notify the listener of how the lookup ended, unless an old answer may yet make up
	 * for a failure of the method.
	 */
	private void notifyListener(Decision decision, Instant now) {
		Findings findings = decision.findings();
		LlmCacheListener listener = this.load.listener();
		if (!(decision instanceof Step.Join)) {
			findings.call().chain.goOn();
		}
		if (decision instanceof Step.Serve serve) {
			listener.onLookup(findings.event(serve.hit(), now));
		}
		else if (decision instanceof Step.Join join) {
			listener.onLookup(findings.event(join.stream()));
		}
		else if (decision instanceof Step.Fail || !findings.expired()) {
			listener.onLookup(findings.event());
		}
		if (!findings.waited().isZero()) {
			boolean answered = decision instanceof Step.Serve || decision instanceof Step.Join;
			listener.onWait(new WaitEvent(findings.task(), answered, findings.waited()));
		}
	}

	/**
	 * What the loader of another call threw, as it was thrown.
	 */
	@SuppressWarnings("unchecked")
	private static <X extends Throwable> X sneaky(Throwable failure) throws X {
		throw (X) failure;
	}

}
