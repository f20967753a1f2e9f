package io.github.llmcache.core;

import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.answer.AnswerEquivalence.Comparison;
import io.github.llmcache.answer.AnswerEquivalence.Verdict;
import io.github.llmcache.answer.AnswerEquivalence;
import io.github.llmcache.calibration.Calibration.Decision;
import io.github.llmcache.calibration.Calibration;
import io.github.llmcache.codec.PayloadCodec;
import io.github.llmcache.event.AuditEvent.Result;
import io.github.llmcache.event.AuditEvent;
import io.github.llmcache.event.FailureEvent.Part;
import io.github.llmcache.event.LlmCacheListener;
import io.github.llmcache.failure.FailureReporter;
import io.github.llmcache.store.CacheEntry;
import io.github.llmcache.store.CacheKey;
import io.github.llmcache.store.Candidate;
import io.github.llmcache.store.MatchRecord;
import io.github.llmcache.thread.Threads;

/**
 * Compares fresh answers with cached ones, in the background: for nothing after each miss
 * that had a candidate, and by one more run of the method for a sample of the semantic
 * hits.
 */
final class Auditor {

	private final Calibration calibration;

	private final AnswerEquivalence equivalence;

	private final PayloadCodec codec;

	private final AnswerWriter writer;

	private final Threads threads;

	private final LlmCacheListener listener;

	private final FailureReporter failures;

	Auditor(Calibration calibration, AnswerEquivalence equivalence, PayloadCodec codec, AnswerWriter writer,
			Threads threads, LlmCacheListener listener, FailureReporter failures) {
		this.calibration = calibration;
		this.equivalence = equivalence;
		this.codec = codec;
		this.threads = threads;
		this.listener = listener;
		this.writer = writer;
		this.failures = failures;
	}

	/**
	 * Learn from a loaded answer whether the candidate that was not served would have
	 * been right.
	 * @param loaded the answer, if it is worth keeping
	 */
	void learn(Findings findings, @Nullable CacheEntry loaded) {
		Decision decision = findings.trail().decision();
		MatchRecord matchRecord = (decision != null) ? decision.matchRecord() : null;
		Candidate candidate = findings.trail().candidate();
		if (matchRecord != null && loaded != null && candidate != null) {
			this.threads.execute(() -> compare(findings.call(), matchRecord, loaded, candidate.entry()));
		}
	}

	/**
	 * Run the method for a hit, too, if it is in the sample.
	 * @return whether it is; the fresh answer is stored then
	 */
	boolean audit(Findings findings, Hit hit, Loader<?, ?> loader) {
		Decision decision = findings.trail().decision();
		MatchRecord matchRecord = (decision != null && decision.audited()) ? decision.matchRecord() : null;
		if (matchRecord == null) {
			return false;
		}
		if (!this.threads.execute(() -> report(findings, audit(findings, hit, loader, matchRecord)))) {
			report(findings, Result.DROPPED);
		}
		return true;
	}

	private Result audit(Findings findings, Hit hit, Loader<?, ?> loader, MatchRecord matchRecord) {
		CacheKey key = findings.key();
		long start = System.nanoTime();
		Object fresh = this.failures.<@Nullable Object>attempt(Part.AUDIT, findings.task(), () -> load(loader), null);
		if (fresh == null || key == null) {
			return Result.FAILED;
		}
		CacheEntry loaded = this.writer.store(findings, key, fresh, Duration.ofNanos(System.nanoTime() - start))
			.entry();
		Verdict verdict = (loaded != null) ? compare(findings.call(), matchRecord, loaded, hit.entry()) : null;
		return (verdict != null) ? result(verdict) : Result.FAILED;
	}

	static @Nullable Object load(Loader<?, ?> loader) {
		try {
			return loader.load();
		}
		catch (RuntimeException | Error ex) {
			throw ex;
		}
		catch (Throwable ex) {
			throw new IllegalStateException("The method failed while it was run in the background", ex);
		}
	}

	private static Result result(Verdict verdict) {
		return switch (verdict) {
			case SAME -> Result.RIGHT;
			case DIFFERENT -> Result.WRONG;
			case UNKNOWN -> Result.UNKNOWN;
		};
	}

	private @Nullable Verdict compare(Call call, MatchRecord matchRecord, CacheEntry fresh, CacheEntry cached) {
		return this.failures.<@Nullable Verdict>attempt(Part.AUDIT, call.task(), () -> {
			Verdict verdict = judge(call.task(), call.request.resultType(), fresh, cached);
			this.calibration.learn(call.task(), call.policy.accuracy(), matchRecord, verdict);
			return verdict;
		}, null);
	}

	private Verdict judge(String task, Type type, CacheEntry fresh, CacheEntry cached) {
		if (Arrays.equals(fresh.payload(), cached.payload())) {
			return Verdict.SAME;
		}
		return this.equivalence.judge(new Comparison(task, fresh.prompt(), this.codec.decode(fresh.payload(), type),
				cached.prompt(), this.codec.decode(cached.payload(), type)));
	}

	private void report(Findings findings, Result result) {
		this.listener.onAudit(new AuditEvent(findings.task(), result));
	}

}
