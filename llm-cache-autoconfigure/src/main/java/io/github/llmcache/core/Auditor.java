package io.github.llmcache.core;

import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.answer.AnswerEquivalence;
import io.github.llmcache.answer.AnswerEquivalence.Comparison;
import io.github.llmcache.answer.AnswerEquivalence.Verdict;
import io.github.llmcache.calibration.Calibration;
import io.github.llmcache.codec.PayloadCodec;
import io.github.llmcache.core.Call.Hit;
import io.github.llmcache.event.AuditEvent;
import io.github.llmcache.event.AuditEvent.Result;
import io.github.llmcache.event.FailureEvent.Part;
import io.github.llmcache.event.LlmCacheListener;
import io.github.llmcache.store.CacheEntry;
import io.github.llmcache.store.CacheKey;
import io.github.llmcache.store.Candidate;
import io.github.llmcache.store.Observation;

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

	Auditor(LlmCacheBuilder builder, AnswerWriter writer, FailureReporter failures) {
		this.calibration = builder.calibration;
		this.equivalence = builder.equivalence;
		this.codec = builder.codec;
		this.threads = new Threads(builder.auditExecutor, UnaryOperator.identity());
		this.listener = builder.listener;
		this.writer = writer;
		this.failures = failures;
	}

	/**
	 * Learn from a computed answer whether the candidate that was not served would have
	 * been right.
	 */
	void learn(Call call) {
		Observation observation = (call.decision != null) ? call.decision.observation() : null;
		CacheEntry computed = call.computed;
		Candidate candidate = call.candidate;
		if (observation != null && computed != null && candidate != null) {
			this.threads.execute(() -> compare(call, observation, computed, candidate.entry()));
		}
	}

	/**
	 * Run the method for a hit, too, if it is in the sample.
	 * @return whether it is; the fresh answer is stored then
	 */
	boolean audit(Call call, Hit hit, Loader<?, ?> loader) {
		Observation observation = (call.decision != null && call.decision.audited()) ? call.decision.observation()
				: null;
		if (observation == null) {
			return false;
		}
		if (!this.threads.execute(() -> tell(call, audit(call, hit, loader, observation)))) {
			tell(call, Result.DROPPED);
		}
		return true;
	}

	private Result audit(Call call, Hit hit, Loader<?, ?> loader, Observation observation) {
		CacheKey key = call.key;
		long start = System.nanoTime();
		Object fresh = this.failures.<@Nullable Object>attempt(Part.AUDIT, call.task(), () -> load(loader), null);
		if (fresh == null || key == null) {
			return Result.FAILED;
		}
		this.writer.store(call, key, fresh, Duration.ofNanos(System.nanoTime() - start));
		CacheEntry computed = call.computed;
		Verdict verdict = (computed != null) ? compare(call, observation, computed, hit.entry()) : null;
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

	private @Nullable Verdict compare(Call call, Observation observation, CacheEntry fresh, CacheEntry cached) {
		return this.failures.<@Nullable Verdict>attempt(Part.AUDIT, call.task(), () -> {
			Verdict verdict = judge(call.task(), call.request.resultType(), fresh, cached);
			this.calibration.learn(call.task(), call.policy.accuracy(), observation, verdict);
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

	private void tell(Call call, Result result) {
		this.listener.onAudit(new AuditEvent(call.task(), result));
	}

}
