package io.github.llmcache.core;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.answer.AnswerEquivalence;
import io.github.llmcache.answer.AnswerEquivalence.Verdict;
import io.github.llmcache.calibration.Calibration;
import io.github.llmcache.calibration.Calibration.Decision;
import io.github.llmcache.codec.PayloadCodec;
import io.github.llmcache.core.AnswerWriter.Written;
import io.github.llmcache.event.AuditEvent;
import io.github.llmcache.event.AuditEvent.Result;
import io.github.llmcache.event.FailureEvent.Part;
import io.github.llmcache.event.LlmCacheListener;
import io.github.llmcache.failure.FailureReporter;
import io.github.llmcache.group.AnswerGroups;
import io.github.llmcache.group.FreshAnswer;
import io.github.llmcache.store.CacheEntry;
import io.github.llmcache.store.CacheKey;
import io.github.llmcache.store.Candidate;
import io.github.llmcache.store.MatchRecord;
import io.github.llmcache.thread.Threads;
import io.github.llmcache.trace.StepKind;
import io.github.llmcache.trace.StepObserver;

/**
 * Compares fresh answers with cached ones, in the background, to learn which candidates
 * are right and to group answers that say the same. That costs nothing after a miss that
 * had a candidate, and one more run of the method for a sample of the semantic hits.
 */
final class Auditor {

	private final Calibration calibration;

	private final AnswerEquivalence equivalence;

	private final PayloadCodec codec;

	private final AnswerWriter writer;

	private final @Nullable AnswerGroups groups;

	private final Threads threads;

	private final LlmCacheListener listener;

	private final StepObserver observer;

	private final FailureReporter failures;

	/**
	 * Create the auditor.
	 * @param groups groups answers; {@code null} if they are not grouped
	 */
	Auditor(Calibration calibration, AnswerEquivalence equivalence, PayloadCodec codec, AnswerWriter writer,
			@Nullable AnswerGroups groups, Threads threads, LlmCacheListener listener, StepObserver observer,
			FailureReporter failures) {
		this.calibration = calibration;
		this.equivalence = equivalence;
		this.codec = codec;
		this.threads = threads;
		this.listener = listener;
		this.observer = observer;
		this.writer = writer;
		this.groups = groups;
		this.failures = failures;
	}

	/**
	 * Learn from a loaded answer whether the candidate that was not served would have
	 * been right, and which answers say the same.
	 * @param written what became of the answer
	 */
	void learn(Findings findings, Written written) {
		CacheEntry loaded = written.entry();
		Decision decision = findings.trail().decision();
		MatchRecord matchRecord = (decision != null) ? decision.matchRecord() : null;
		Candidate candidate = findings.trail().candidate();
		boolean labelled = matchRecord != null && candidate != null;
		if (loaded == null || !(labelled || isGrouped(findings, written))) {
			return;
		}
		this.threads.execute(() -> {
			FreshAnswer fresh = fresh(findings, loaded);
			if (matchRecord != null && candidate != null) {
				compare(findings.call(), fresh, matchRecord, candidate.entry(), false);
			}
			group(findings, written, fresh);
		});
	}

	/**
	 * Find out which answers say the same as one that was loaded again, on this thread.
	 */
	void group(Findings findings, Written written) {
		CacheEntry loaded = written.entry();
		if (loaded != null) {
			group(findings, written, fresh(findings, loaded));
		}
	}

	private void group(Findings findings, Written written, FreshAnswer fresh) {
		CacheKey key = findings.key();
		if (this.groups != null && key != null && isGrouped(findings, written)) {
			this.groups.join(fresh, key, findings.generation(), findings.call().policy.minSimilarity());
		}
	}

	/**
	 * Whether an answer was stored where it may be a candidate that others speak for.
	 */
	private boolean isGrouped(Findings findings, Written written) {
		CacheEntry loaded = written.entry();
		return this.groups != null && loaded != null && loaded.embedding() != null && written.rejection() == null
				&& !findings.bypasses() && findings.call().policy.accuracy().isWeighed();
	}

	private FreshAnswer fresh(Findings findings, CacheEntry loaded) {
		Call call = findings.call();
		return new FreshAnswer(call.task(), call.request.resultType(), loaded, this.equivalence, this.codec);
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
		Object fresh = this.failures.<@Nullable Object>attempt(Part.AUDIT, findings.task(),
				() -> load(loader, this.observer, findings), null);
		if (fresh == null || key == null) {
			return Result.FAILED;
		}
		Written written = this.writer.store(findings, key, fresh, Duration.ofNanos(System.nanoTime() - start));
		CacheEntry loaded = written.entry();
		if (loaded == null) {
			return Result.FAILED;
		}
		FreshAnswer answer = fresh(findings, loaded);
		Verdict verdict = compare(findings.call(), answer, matchRecord, hit.entry(), true);
		group(findings, written, answer);
		return (verdict != null) ? result(verdict) : Result.FAILED;
	}

	/**
	 * Run the method in the background.
	 */
	static @Nullable Object load(Loader<?, ?> loader, StepObserver observer, Findings findings) {
		return observer.<@Nullable Object>observe(StepKind.LOAD, findings.task(), findings.call().observed,
				() -> load(loader), (value) -> "success");
	}

	private static @Nullable Object load(Loader<?, ?> loader) {
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

	private @Nullable Verdict compare(Call call, FreshAnswer fresh, MatchRecord matchRecord, CacheEntry cached,
			boolean served) {
		return this.failures.<@Nullable Verdict>attempt(Part.AUDIT, call.task(), () -> {
			Verdict verdict = fresh.compare(cached);
			this.calibration.learn(call.task(), call.policy.accuracy(), matchRecord, served, verdict);
			return verdict;
		}, null);
	}

	private void report(Findings findings, Result result) {
		this.listener.onAudit(new AuditEvent(findings.task(), result));
	}

}
