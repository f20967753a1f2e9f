package io.github.llmcache.core;

import java.time.Clock;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.answer.CachedAnswer;
import io.github.llmcache.answer.Outcome;
import io.github.llmcache.core.Call.Hit;
import io.github.llmcache.core.SingleFlight.Landing;
import io.github.llmcache.event.LlmCacheListener;
import io.github.llmcache.event.LoadEvent;
import io.github.llmcache.event.LoadEvent.Result;
import io.github.llmcache.event.StoreEvent;
import io.github.llmcache.store.CacheEntry;
import io.github.llmcache.store.CacheKey;

/**
 * What follows when the cache has no answer: the method runs, and its answer is stored.
 */
final class Computation {

	private final Call call;

	private final Parts parts;

	private final long start;

	Computation(Call call, Parts parts) {
		this.call = call;
		this.parts = parts;
		this.start = parts.nanoTime().getAsLong();
	}

	/**
	 * The method gave an answer: store it, and hand it over to those who wait.
	 */
	<T> CachedAnswer<T> succeeded(@Nullable T value) {
		Duration loadTime = loaded(Result.SUCCESS);
		this.call.tell(this.parts.listener(), this.call.event());
		CacheKey key = this.call.key;
		if (key != null && this.call.isKept()) {
			String rejection = this.call.bypasses() ? this.parts.writer().prepare(this.call, value, loadTime)
					: this.parts.writer().store(this.call, key, value, loadTime);
			this.call.stored = rejection == null && !this.call.bypasses();
			this.call.landing = landing(key, value, rejection);
			this.parts.auditor().learn(this.call);
		}
		return this.call.computed(value);
	}

	/**
	 * The method gave an answer that is too large to be recorded, or the like.
	 */
	<T> CachedAnswer<T> rejected(String reason) {
		loaded(Result.SUCCESS);
		this.call.tell(this.parts.listener(), this.call.event());
		this.call.landing = Landing.ALONE;
		if (!this.call.bypasses()) {
			this.parts.listener().onStore(new StoreEvent(this.call.task(), reason));
		}
		return this.call.computed(null);
	}

	/**
	 * The method failed, and nothing can be served instead.
	 */
	void broken(Throwable failure) {
		loaded(Result.FAILURE);
		this.call.landing = Landing.failed(failure);
		this.call.tell(this.parts.listener(), this.call.event());
	}

	/**
	 * The method failed.
	 * @return what was cached before and is served instead, if anything is
	 */
	<T> @Nullable CachedAnswer<T> failed(Throwable failure) {
		Hit stale = this.call.policy.staleness().covers(failure) ? this.parts.lookup().stale(this.call) : null;
		if (stale == null) {
			broken(failure);
			return null;
		}
		loaded(Result.FAILURE);
		this.call.tell(this.parts.listener(), this.call.event(stale, this.parts.clock().instant()));
		this.call.landing = Landing.with(stale);
		return stale.answer(this.parts.clock().instant());
	}

	/**
	 * Nobody wants to know any more.
	 */
	void abandoned() {
		loaded(Result.CANCELLED);
		this.call.tell(this.parts.listener(), this.call.event());
	}

	/**
	 * Keep an answer, or a part of it, as it is now.
	 */
	<T> @Nullable Supplier<T> snapshot(T value) {
		return this.parts.writer().snapshot(this.call, value);
	}

	private Duration loaded(Result result) {
		Duration loadTime = Duration.ofNanos(this.parts.nanoTime().getAsLong() - this.start);
		this.parts.listener().onLoad(new LoadEvent(this.call.task(), loadTime, result));
		return loadTime;
	}

	/**
	 * What is computed is handed over, even if the store failed. An answer that was
	 * invalidated meanwhile has to be computed again, once; one that is not worth
	 * keeping, by everybody.
	 */
	private Landing landing(CacheKey key, @Nullable Object value, @Nullable String rejection) {
		if (AnswerWriter.INVALIDATED.equals(rejection)) {
			return Landing.NOTHING;
		}
		CacheEntry entry = this.call.computed;
		return (value != null && entry != null)
				? Landing.with(new Hit(Outcome.EXACT, key, entry, value, null, Hit.COMPUTED)) : Landing.ALONE;
	}

	/**
	 * What it takes.
	 */
	record Parts(AnswerLookup lookup, AnswerWriter writer, Auditor auditor, LlmCacheListener listener, Clock clock,
			LongSupplier nanoTime) {

	}

}
