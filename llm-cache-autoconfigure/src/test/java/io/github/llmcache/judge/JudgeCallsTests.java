package io.github.llmcache.judge;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import io.github.llmcache.answer.AnswerEquivalence.Comparison;
import io.github.llmcache.answer.AnswerEquivalence.Verdict;
import io.github.llmcache.event.FailureEvent.Part;
import io.github.llmcache.event.JudgeEvent;
import io.github.llmcache.event.JudgeEvent.Result;
import io.github.llmcache.event.JudgeEvent.Use;
import io.github.llmcache.judge.EquivalenceJudge.Inquiry;
import io.github.llmcache.test.MutableClock;
import io.github.llmcache.test.RecordingListener;
import io.github.llmcache.trace.StepObserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link JudgeCalls}.
 */
class JudgeCallsTests {

	private static final Duration LONG = Duration.ofMinutes(5);

	private final MutableClock clock = new MutableClock();

	private final RecordingListener events = new RecordingListener();

	private final List<Inquiry> asked = new ArrayList<>();

	private final Deque<Verdict> verdicts = new ArrayDeque<>();

	@Test
	void verdictOfAPairIsRememberedWhateverItIs() {
		JudgeCalls calls = calls(100);
		this.verdicts.addAll(List.of(Verdict.DIFFERENT, Verdict.SAME));
		assertThat(await(calls, "Turn it on", "turn it off")).isEqualTo(Verdict.DIFFERENT);
		assertThat(await(calls, "turn it ON!", "Turn it off.")).as("folded").isEqualTo(Verdict.DIFFERENT);
		assertThat(await(calls, "turn it off", "turn it on")).as("the other way round").isEqualTo(Verdict.SAME);
		assertThat(this.asked).hasSize(2);
		assertThat(results()).containsExactly(Result.DIFFERENT, Result.REMEMBERED, Result.SAME);
	}

	@Test
	void verdictOfOneTaskIsNotThatOfAnother() {
		JudgeCalls calls = calls(100);
		this.verdicts.addAll(List.of(Verdict.DIFFERENT, Verdict.SAME));
		assertThat(calls.await(Inquiry.of("a", "bc", "d"), calls.deadline())).isEqualTo(Verdict.DIFFERENT);
		assertThat(calls.await(Inquiry.of("ab", "c", "d"), calls.deadline())).isEqualTo(Verdict.SAME);
	}

	@Test
	void whoCouldNotTellIsAskedAgainAfterTenMinutes() {
		JudgeCalls calls = calls(100);
		this.verdicts.addAll(List.of(Verdict.UNKNOWN, Verdict.SAME));
		assertThat(await(calls, "a", "b")).isEqualTo(Verdict.UNKNOWN);
		this.clock.advance(Duration.ofMinutes(9));
		assertThat(await(calls, "a", "b")).isEqualTo(Verdict.UNKNOWN);
		this.clock.advance(Duration.ofMinutes(2));
		assertThat(await(calls, "a", "b")).isEqualTo(Verdict.SAME);
	}

	@Test
	void budgetIsThatOfAMinute() {
		JudgeCalls calls = calls(2);
		this.verdicts.addAll(List.of(Verdict.SAME, Verdict.SAME, Verdict.SAME));
		assertThat(await(calls, "a", "1")).isEqualTo(Verdict.SAME);
		assertThat(calls.label(new Inquiry("task", "a", "2", "x", "y"))).isEqualTo(Verdict.SAME);
		assertThat(await(calls, "a", "3")).as("spent").isEqualTo(Verdict.UNKNOWN);
		assertThat(calls.label(new Inquiry("task", "a", "2", "x", "y"))).isEqualTo(Verdict.UNKNOWN);
		assertThat(await(calls, "a", "1")).as("costs nothing").isEqualTo(Verdict.SAME);
		this.clock.advance(Duration.ofMinutes(1));
		assertThat(await(calls, "a", "3")).as("was not remembered as unknown").isEqualTo(Verdict.SAME);
		assertThat(results()).containsExactly(Result.SAME, Result.SAME, Result.OVER_BUDGET, Result.OVER_BUDGET,
				Result.REMEMBERED, Result.SAME);
		assertThat(this.events.judgements()).extracting(JudgeEvent::use)
			.containsExactly(Use.SERVING, Use.LABEL, Use.SERVING, Use.LABEL, Use.SERVING, Use.SERVING);
	}

	@Test
	void failureIsReportedAndNotRemembered() {
		JudgeCalls calls = calls(100);
		assertThat(await(calls, "a", "b")).as("it throws").isEqualTo(Verdict.UNKNOWN);
		assertThat(results()).containsExactly(Result.FAILED);
		assertThat(this.events.failedParts()).containsExactly(Part.JUDGE);
		this.verdicts.add(Verdict.SAME);
		assertThat(await(calls, "a", "b")).isEqualTo(Verdict.SAME);
	}

	@Test
	void judgeThatFailsAgainAndAgainIsLeftAloneForAWhile() {
		JudgeCalls calls = calls(100);
		for (int i = 0; i < 5; i++) {
			await(calls, "a", "b");
		}
		this.verdicts.addAll(List.of(Verdict.SAME, Verdict.SAME));
		assertThat(await(calls, "a", "b")).isEqualTo(Verdict.UNKNOWN);
		assertThat(results()).endsWith(Result.FAILED, Result.PAUSED).hasSize(6);
		this.clock.advance(Duration.ofSeconds(30));
		assertThat(await(calls, "a", "b")).isEqualTo(Verdict.SAME);
		assertThat(await(calls, "a", "c")).isEqualTo(Verdict.SAME);
	}

	@Test
	void lateVerdictIsThereForTheNextCall() throws InterruptedException {
		ExecutorService threads = Executors.newSingleThreadExecutor();
		CountDownLatch late = new CountDownLatch(1);
		try {
			JudgeCalls calls = new JudgeCalls((inquiry) -> {
				awaitQuietly(late);
				return Verdict.SAME;
			}, settings(Duration.ofMillis(1), 100), threads, () -> 0, this.events, StepObserver.NONE);
			assertThat(await(calls, "a", "b")).isEqualTo(Verdict.UNKNOWN);
			assertThat(results()).containsExactly(Result.TIMED_OUT);
			late.countDown();
			Awaitility.await().atMost(LONG).until(() -> results().contains(Result.SAME));
			Awaitility.await().atMost(LONG).until(() -> await(calls, "a", "b") == Verdict.SAME);
			assertThat(results()).filteredOn(Result::isCall).hasSize(1);
		}
		finally {
			threads.shutdownNow();
		}
	}

	@Test
	void callThatHasWaitedLongEnoughAsksNothingMore() {
		JudgeCalls calls = calls(100);
		long deadline = calls.deadline();
		this.clock.advance(LONG);
		assertThat(calls.await(Inquiry.of("task", "a", "b"), deadline)).isEqualTo(Verdict.UNKNOWN);
		assertThat(this.asked).isEmpty();
		assertThat(results()).containsExactly(Result.TIMED_OUT);
	}

	@Test
	void refusedThreadIsAFailureOfTheJudgeAndNotOfTheCall() {
		JudgeCalls calls = calls(100, (task) -> {
			throw new RejectedExecutionException();
		});
		assertThat(await(calls, "a", "b")).isEqualTo(Verdict.UNKNOWN);
		assertThat(results()).containsExactly(Result.FAILED);
	}

	@Test
	void errorOfTheJudgeLeavesNothingPending() {
		JudgeCalls calls = new JudgeCalls((inquiry) -> {
			throw new AssertionError("broken");
		}, settings(LONG, 100), (task) -> {
			try {
				task.run();
			}
			catch (AssertionError ex) {
				// what a thread would end with
			}
		}, this::nanoTime, this.events, StepObserver.NONE);
		assertThat(await(calls, "a", "b")).isEqualTo(Verdict.UNKNOWN);
	}

	@Test
	void answersAreJudgedWhereTheFirstComparisonCannotTell() {
		JudgedEquivalence equivalence = new JudgedEquivalence(
				(comparison) -> comparison.prompt().equals("known") ? Verdict.SAME : Verdict.UNKNOWN, calls(100));
		assertThat(equivalence.judge(new Comparison("task", "known", "x", "b", "y"))).isEqualTo(Verdict.SAME);
		assertThat(this.asked).isEmpty();
		this.verdicts.add(Verdict.DIFFERENT);
		assertThat(equivalence.judge(new Comparison("task", "a", "x", "b", 7))).isEqualTo(Verdict.DIFFERENT);
		assertThat(this.asked).containsExactly(new Inquiry("task", "a", "b", "x", "7"));
	}

	@Test
	void textFormHoldsNoPromptAndBothAnswersOrNoneAreGiven() {
		assertThat(new Inquiry("task", "secret-1", "secret-2", "secret-3", "secret-4").toString())
			.isEqualTo("Inquiry[task=task]");
		assertThatIllegalArgumentException().isThrownBy(() -> new Inquiry("task", "a", "b", "x", null))
			.withMessage("Give both answers or none");
	}

	private JudgeCalls calls(int callsPerMinute) {
		return calls(callsPerMinute, Runnable::run);
	}

	private JudgeCalls calls(int callsPerMinute, Executor executor) {
		return new JudgeCalls((inquiry) -> {
			this.asked.add(inquiry);
			return this.verdicts.remove();
		}, settings(LONG, callsPerMinute), executor, this::nanoTime, this.events, StepObserver.NONE);
	}

	private static JudgeSettings settings(Duration maxWait, int callsPerMinute) {
		return new JudgeSettings(true, maxWait, callsPerMinute, 0, 1, 3, 100);
	}

	private long nanoTime() {
		return this.clock.millis() * 1_000_000;
	}

	private List<Result> results() {
		return this.events.judgements().stream().map(JudgeEvent::result).toList();
	}

	private static Verdict await(JudgeCalls calls, String prompt, String cachedPrompt) {
		return calls.await(Inquiry.of("task", prompt, cachedPrompt), calls.deadline());
	}

	private static void awaitQuietly(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
