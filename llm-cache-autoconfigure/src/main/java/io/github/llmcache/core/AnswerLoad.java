package io.github.llmcache.core;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.answer.CachedAnswer;
import io.github.llmcache.answer.Outcome;
import io.github.llmcache.core.AnswerWriter.Written;
import io.github.llmcache.core.SemanticMatching.Similar;
import io.github.llmcache.core.SingleFlight.Landing;
import io.github.llmcache.event.LlmCacheListener;
import io.github.llmcache.event.LoadEvent.Result;
import io.github.llmcache.event.LoadEvent;
import io.github.llmcache.event.LookupEvent;
import io.github.llmcache.event.StoreEvent;
import io.github.llmcache.match.CandidateSearch;
import io.github.llmcache.store.CacheEntry;
import io.github.llmcache.store.CacheKey;
import io.github.llmcache.trace.ObservedStep;
import io.github.llmcache.trace.StepKind;
import io.github.llmcache.trace.StepObserver;

/**
 * Loads an answer that the cache does not have, by the method, and stores it.
 */
final class AnswerLoad {

	private final Findings findings;

	private final Parts parts;

	private final long start;

	/** How loading ends for those who wait. */
	private Landing landing = Landing.NOTHING;

	/** Whether the answer was stored. */
	private boolean stored;

	private ObservedStep observed;

	AnswerLoad(Findings findings, Parts parts) {
		this.findings = findings;
		this.parts = parts;
		this.start = parts.nanoTime().getAsLong();
		this.observed = parts.observer().begin(StepKind.LOAD, findings.task(), findings.call().observed);
	}

	Findings findings() {
		return this.findings;
	}

	/**
	 * Load on this thread.
	 */
	<T, X extends Throwable> CachedAnswer<T> run(Loader<? extends T, X> loader) throws X {
		try {
			T value;
			try {
				value = load(loader);
			}
			catch (Throwable ex) {
				CachedAnswer<T> stale = failed(ex);
				if (stale != null) {
					return stale;
				}
				throw ex;
			}
			return succeeded(value);
		}
		finally {
			end(Runnable::run);
		}
	}

	/**
	 * Run the method, with what the call wants of the cache applied to calls within.
	 */
	<R, X extends Throwable> @Nullable R load(Loader<R, X> method) throws X {
		try (ObservedStep.Scope scope = this.observed.open()) {
			return this.findings.call().within().run(method);
		}
	}

	/**
	 * What observes the method.
	 */
	@Nullable Object observed() {
		return this.observed.handle();
	}

	/**
	 * The method gave an answer: store it, and hand it over to those who wait.
	 */
	<T> CachedAnswer<T> succeeded(@Nullable T value) {
		Duration loadTime = notifyLoad(Result.SUCCESS);
		notifyLookup(this.findings.event());
		CacheKey key = this.findings.key();
		if (key != null && this.findings.isKept()) {
			Written written = this.findings.bypasses() ? this.parts.writer().prepare(this.findings, value, loadTime)
					: this.parts.writer().store(this.findings, key, value, loadTime);
			this.stored = written.rejection() == null && !this.findings.bypasses();
			this.landing = landing(key, value, written);
			this.parts.auditor().learn(this.findings, written);
		}
		return this.findings.loaded(value);
	}

	/**
	 * The method gave an answer that is too large to be recorded, or the like.
	 */
	<T> CachedAnswer<T> rejected(String reason) {
		notifyLoad(Result.SUCCESS);
		notifyLookup(this.findings.event());
		this.landing = Landing.ALONE;
		if (!this.findings.bypasses()) {
			this.parts.listener().onStore(new StoreEvent(this.findings.task(), reason));
		}
		return this.findings.loaded(null);
	}

	/**
	 * The method failed, and nothing can be served instead.
	 */
	void broken(Throwable failure) {
		broken(failure, this.findings);
	}

	/**
	 * The method failed.
	 * @return what was cached before and is served instead, if anything is
	 */
	<T> @Nullable CachedAnswer<T> failed(Throwable failure) {
		Similar stale = this.findings.call().policy.staleness().covers(failure) ? stale()
				: new Similar(null, false, this.findings.trail());
		Findings found = this.findings.with(stale.trail());
		if (stale.hit() == null) {
			broken(failure, found);
			return null;
		}
		this.observed.failed(failure);
		notifyLoad(Result.FAILURE);
		Instant now = this.parts.clock().instant();
		notifyLookup(found.event(stale.hit(), now));
		this.landing = Landing.with(stale.hit());
		return stale.hit().answer(now);
	}

	/**
	 * Nobody wants the answer any more.
	 */
	void abandoned() {
		notifyLoad(Result.CANCELLED);
		notifyLookup(this.findings.event());
	}

	/**
	 * Let go of those who wait, here and on other instances.
	 * @param executor talks to the store
	 */
	void end(Executor executor) {
		this.observed.end("cancelled");
		this.observed = ObservedStep.NONE;
		this.findings.ticket().end(this.landing, this.stored, executor);
	}

	/**
	 * Keep an answer, or a part of it, as it is now.
	 */
	<T> @Nullable Supplier<T> snapshot(T value) {
		return this.parts.writer().snapshot(this.findings.call(), value);
	}

	/**
	 * An answer that may be beyond its TTL: to the same prompt, or else to another
	 * wording. It is looked up again, since what was found before may have been evicted
	 * while the method ran.
	 */
	private Similar stale() {
		Call call = this.findings.call();
		CacheKey key = this.findings.key();
		Trail trail = this.findings.trail();
		Hit exact = (key != null && this.findings.expired()) ? this.parts.reader().kept(call, key) : null;
		if (exact != null || key == null || !this.findings.expired() || !call.policy.semantic()) {
			return new Similar(exact, false, trail);
		}
		return this.parts.semantic().findKept(call, this.findings.address().prompt(), key.partition(), trail);
	}

	private void broken(Throwable failure, Findings found) {
		this.observed.failed(failure);
		notifyLoad(Result.FAILURE);
		this.landing = Landing.failed(failure);
		notifyLookup(found.event());
	}

	private Duration notifyLoad(Result result) {
		Duration loadTime = Duration.ofNanos(this.parts.nanoTime().getAsLong() - this.start);
		this.observed.end(result.name().toLowerCase(Locale.ROOT));
		this.observed = ObservedStep.NONE;
		this.parts.listener().onLoad(new LoadEvent(this.findings.task(), loadTime, result));
		return loadTime;
	}

	/**
	 * How the lookup ended is known only now if an old answer could have made up for a
	 * failure.
	 */
	private void notifyLookup(LookupEvent event) {
		if (this.findings.expired()) {
			this.parts.listener().onLookup(event);
		}
	}

	/**
	 * What is loaded is handed over, even if the store failed. An answer that was evicted
	 * meanwhile has to be loaded again, once; one that is not worth keeping, by
	 * everybody.
	 */
	private static Landing landing(CacheKey key, @Nullable Object value, Written written) {
		if (AnswerWriter.EVICTED.equals(written.rejection())) {
			return Landing.NOTHING;
		}
		CacheEntry entry = written.entry();
		return (value != null && entry != null)
				? Landing.with(new Hit(Outcome.EXACT, key, entry, value, null, Hit.LOADED)) : Landing.ALONE;
	}

	/**
	 * The parts that take the steps.
	 */
	record Parts(AnswerReader reader, SemanticMatching semantic, AnswerWriter writer, Auditor auditor,
			LlmCacheListener listener, StepObserver observer, Clock clock, LongSupplier nanoTime) {

	}

}
