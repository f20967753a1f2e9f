package io.github.llmcache.judge;

import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.github.llmcache.answer.AnswerEquivalence.Verdict;
import io.github.llmcache.event.CompositeLlmCacheListener;
import io.github.llmcache.event.FailureEvent.Part;
import io.github.llmcache.event.JudgeEvent;
import io.github.llmcache.event.JudgeEvent.Result;
import io.github.llmcache.event.JudgeEvent.Use;
import io.github.llmcache.event.LlmCacheListener;
import io.github.llmcache.failure.FailureReporter;
import io.github.llmcache.judge.EquivalenceJudge.Inquiry;
import io.github.llmcache.platform.Sha256;
import io.github.llmcache.prompt.PromptFolding;
import io.github.llmcache.thread.Waiting;
import io.github.llmcache.trace.StepKind;
import io.github.llmcache.trace.StepObserver;

/**
 * Asks a judge within limits: only so often in a minute, and for no longer than a call
 * may wait. Verdicts on prompts are remembered, whatever they are, by digests of the
 * folded prompts and in the order of the two. A verdict that comes too late for its call
 * is there for the next one. Whatever goes wrong is reported, and gives
 * {@link Verdict#UNKNOWN}.
 * <p>
 * Safe for use by many threads.
 */
public final class JudgeCalls {

	private static final Log logger = LogFactory.getLog(JudgeCalls.class);

	/** A verdict on two texts does not age, but the judge may be another one. */
	private static final Duration KEPT = Duration.ofDays(7);

	/** A judge that could not tell may be able to later. */
	private static final Duration UNKNOWN_KEPT = Duration.ofMinutes(10);

	private static final int DIGITS = 32;

	private final EquivalenceJudge judge;

	private final JudgeSettings settings;

	private final Executor executor;

	private final LongSupplier nanoTime;

	private final Allowance allowance;

	private final AsyncCache<String, Verdict> verdicts;

	private final LlmCacheListener listener;

	private final StepObserver observer;

	private final FailureReporter failures;

	/**
	 * Create the calls of a judge.
	 * @param judge the judge
	 * @param settings the limits
	 * @param executor runs the judge for calls that wait; may refuse tasks
	 * @param nanoTime for durations, in nanoseconds from any origin
	 * @param listener is notified of each question and each failure
	 * @param observer observes each question
	 */
	public JudgeCalls(EquivalenceJudge judge, JudgeSettings settings, Executor executor, LongSupplier nanoTime,
			LlmCacheListener listener, StepObserver observer) {
		this.judge = judge;
		this.settings = settings;
		this.executor = executor;
		this.nanoTime = nanoTime;
		this.allowance = new Allowance(settings.callsPerMinute(), nanoTime);
		this.listener = CompositeLlmCacheListener.of(listener);
		this.observer = observer;
		this.failures = new FailureReporter(this.listener);
		this.verdicts = Caffeine.newBuilder()
			.maximumSize(settings.remembered())
			.expireAfter(Expiry
				.creating((String key, Verdict verdict) -> (verdict == Verdict.UNKNOWN) ? UNKNOWN_KEPT : KEPT))
			.ticker(nanoTime::getAsLong)
			.executor(Runnable::run)
			.buildAsync();
	}

	/**
	 * The limits.
	 * @return the settings
	 */
	public JudgeSettings settings() {
		return this.settings;
	}

	/**
	 * Until when a call that asks for the first time now waits for all its verdicts.
	 * @return the time, by the clock of this object
	 */
	public long deadline() {
		return this.nanoTime.getAsLong() + this.settings.maxWait().toNanos();
	}

	/**
	 * Ask about two prompts, and wait.
	 * @param inquiry the prompts
	 * @param deadline until when, see {@link #deadline()}
	 * @return the verdict
	 */
	public Verdict await(Inquiry inquiry, long deadline) {
		String key = key(inquiry);
		CompletableFuture<Verdict> known = this.verdicts.getIfPresent(key);
		if (known != null) {
			if (known.isDone()) {
				report(inquiry, Use.SERVING, Result.REMEMBERED, Duration.ZERO);
			}
			return wait(inquiry, known, deadline);
		}
		if (deadline - this.nanoTime.getAsLong() <= 0) {
			report(inquiry, Use.SERVING, Result.TIMED_OUT, Duration.ZERO);
			return Verdict.UNKNOWN;
		}
		return isAllowed(inquiry, Use.SERVING)
				? wait(inquiry, this.verdicts.get(key, (any, executor) -> start(inquiry)), deadline) : Verdict.UNKNOWN;
	}

	/**
	 * Ask about two answers, on this thread, for as long as it takes. The verdict is not
	 * remembered.
	 * @param inquiry the prompts and answers
	 * @return the verdict
	 */
	public Verdict label(Inquiry inquiry) {
		Verdict verdict = isAllowed(inquiry, Use.LABEL) ? ask(inquiry, Use.LABEL, null) : null;
		return (verdict != null) ? verdict : Verdict.UNKNOWN;
	}

	/**
	 * The verdict to come, which is cancelled, and so not remembered, if there is none.
	 */
	private CompletableFuture<Verdict> start(Inquiry inquiry) {
		CompletableFuture<Verdict> result = new CompletableFuture<>();
		Object observed = this.observer.current();
		try {
			this.executor.execute(() -> {
				try {
					Verdict verdict = ask(inquiry, Use.SERVING, observed);
					if (verdict != null) {
						result.complete(verdict);
					}
				}
				finally {
					result.cancel(false);
				}
			});
		}
		catch (RejectedExecutionException ex) {
			report(inquiry, Use.SERVING, Result.FAILED, Duration.ZERO);
			result.cancel(false);
		}
		return result;
	}

	private Verdict wait(Inquiry inquiry, CompletableFuture<Verdict> result, long deadline) {
		long start = this.nanoTime.getAsLong();
		try {
			return Waiting.get(result, deadline - start);
		}
		catch (TimeoutException ex) {
			this.allowance.failed();
			report(inquiry, Use.SERVING, Result.TIMED_OUT, since(start));
		}
		catch (CancellationException ex) {
			logger.debug("There is no verdict, as was reported", ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException("A verdict is there or cancelled, and does not fail", ex);
		}
		return Verdict.UNKNOWN;
	}

	private boolean isAllowed(Inquiry inquiry, Use use) {
		return switch (this.allowance.take()) {
			case GIVEN -> true;
			case SPENT -> {
				report(inquiry, use, Result.OVER_BUDGET, Duration.ZERO);
				yield false;
			}
			case PAUSED -> {
				report(inquiry, use, Result.PAUSED, Duration.ZERO);
				yield false;
			}
		};
	}

	/**
	 * The verdict, or {@code null} if the judge failed.
	 */
	private @Nullable Verdict ask(Inquiry inquiry, Use use, @Nullable Object observed) {
		long start = this.nanoTime.getAsLong();
		Verdict verdict = this.failures.<@Nullable Verdict>attempt(Part.JUDGE, inquiry.task(),
				() -> this.observer.observe(StepKind.JUDGE, inquiry.task(), observed,
						() -> Objects.requireNonNull(this.judge.judge(inquiry), "The judge gave no verdict"),
						(given) -> given.name().toLowerCase(Locale.ROOT)),
				null);
		if (verdict != null) {
			this.allowance.answered();
		}
		else {
			this.allowance.failed();
		}
		report(inquiry, use, (verdict != null) ? Result.valueOf(verdict.name()) : Result.FAILED, since(start));
		return verdict;
	}

	private Duration since(long start) {
		return Duration.ofNanos(this.nanoTime.getAsLong() - start);
	}

	private void report(Inquiry inquiry, Use use, Result result, Duration time) {
		this.listener.onJudge(new JudgeEvent(inquiry.task(), use, result, time));
	}

	/**
	 * Prompts are personal, so they are not kept.
	 */
	private static String key(Inquiry inquiry) {
		String prompt = PromptFolding.fold(inquiry.prompt());
		return Sha256
			.hex(inquiry.task().length() + ":" + inquiry.task() + prompt.length() + ':' + prompt
					+ PromptFolding.fold(inquiry.cachedPrompt()))
			.substring(0, DIGITS);
	}

}
