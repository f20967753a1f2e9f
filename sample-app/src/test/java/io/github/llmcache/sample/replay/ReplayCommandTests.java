package io.github.llmcache.sample.replay;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;

import io.github.llmcache.answer.CachedAnswer;
import io.github.llmcache.answer.Outcome;
import io.github.llmcache.core.LlmCache;
import io.github.llmcache.sample.command.FailureLog;
import io.github.llmcache.sample.command.Progress;
import io.github.llmcache.sample.model.ModelReply;
import io.github.llmcache.sample.replay.ReplayReport.Figures;
import io.github.llmcache.store.CacheStore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link ReplayCommand} whose numbers were worked out by hand.
 */
class ReplayCommandTests {

	private final BackgroundWork background = new BackgroundWork();

	private final ScriptedModel model = new ScriptedModel();

	private final DefaultListableBeanFactory beans = new DefaultListableBeanFactory();

	private final ReplayCommand command = new ReplayCommand(this.model,
			new AnswerKeys(this.beans.getBeanProvider(LlmCache.class), this.beans.getBeanProvider(CacheStore.class)),
			estimate(), this.background, this.beans.getBeanProvider(MatchRecorder.class),
			this.beans.getBeanProvider(KeyJudge.class));

	@Test
	void ratesAreThoseOfAStreamWorkedOutByHand() {
		// task, prompt, key, outcome, answer; then: exact-only hit?, oracle hit?
		request("a", "turn it on", "on", Outcome.MISS, "on"); // no, no
		request("a", "turn it on ", "on", Outcome.EXACT, "on"); // yes, yes
		request("a", "switch it on", "on", Outcome.SEMANTIC, "on"); // no, yes
		request("a", "switch it on", "on", Outcome.SEMANTIC, "on"); // yes, yes
		request("a", "turn it off", "off", Outcome.SEMANTIC, "on"); // no, no: wrong
		request("a", "put it on", "on", Outcome.MISS, "on"); // no, yes: missed
		request("b", "turn it on", "on", Outcome.MISS, "on"); // no, no: other task
		request("b", "switch it on", "on", Outcome.MISS, "on"); // no, yes: missed
		ReplayReport report = run();

		Figures a = report.tasks().get("a");
		assertThat(a.requests()).isEqualTo(6);
		assertThat(a.exactHitRate()).isEqualTo(1 / 6.0);
		assertThat(a.semanticHitRate()).isEqualTo(3 / 6.0);
		assertThat(a.hitRate()).isEqualTo(4 / 6.0);
		assertThat(a.oracleHitRate()).isEqualTo(4 / 6.0);
		// 3 right hits and 4 possible ones, less the 2 of exact matching
		assertThat(a.capture()).isEqualTo(1 / 2.0);
		assertThat(a.wrongHits()).isEqualTo(1);
		assertThat(a.wrongAmongSemantic()).isEqualTo(1 / 3.0);
		assertThat(a.wrongAmongSemanticUpper95()).isCloseTo(0.8647, within(0.0001));

		Figures b = report.tasks().get("b");
		assertThat(b.requests()).isEqualTo(2);
		assertThat(b.hitRate()).isZero();
		assertThat(b.capture()).isEqualTo(0.0);
		assertThat(b.wrongAmongSemantic()).isZero();
		assertThat(b.wrongAmongSemanticUpper95()).isEqualTo(1);

		Figures total = report.total();
		assertThat(total.requests()).isEqualTo(8);
		assertThat(total.hitRate()).isEqualTo(4 / 8.0);
		assertThat(total.oracleHitRate()).isEqualTo(5 / 8.0);
		assertThat(total.capture()).isEqualTo(1 / 3.0);
	}

	@Test
	void onlyRightHitsSaveTimeAndMoney() {
		request("a", "1", "x", Outcome.MISS, "x");
		request("a", "2", "x", Outcome.SEMANTIC, "x");
		request("a", "3", "y", Outcome.SEMANTIC, "x");
		Figures total = run().total();
		// each call of the model would have taken 1000 s and cost 2 dollars
		assertThat(total.timeSavedSeconds()).isBetween(999.0, 1000.0);
		assertThat(total.moneySaved()).isEqualTo(2);
	}

	@Test
	void captureIsUndefinedWhereExactMatchingLeavesNothing() {
		request("a", "1", "x", Outcome.MISS, "x");
		request("a", "1", "x", Outcome.EXACT, "x");
		assertThat(run().total().capture()).isNull();
	}

	@Test
	void percentilesAreLeftOutWhereNothingWasMeasured() {
		request("a", "1", "x", Outcome.MISS, "x");
		Figures total = run().total();
		assertThat(total.latencyMillis().exact().p50()).isNull();
		assertThat(total.latencyMillis().miss().p99()).isNotNull().isPositive();
	}

	@Test
	void backgroundIsBusyBetweenRequests() {
		List<String> done = new ArrayList<>();
		this.model.asked = (prompt) -> {
			this.background.execute(() -> done.add("compared " + prompt));
			done.add("answered " + prompt);
		};
		request("a", "1", "x", Outcome.MISS, "x");
		request("a", "2", "x", Outcome.SEMANTIC, "x");
		run();
		this.background.execute(() -> done.add("at once"));
		assertThat(done).containsExactly("answered 1", "compared 1", "answered 2", "compared 2", "at once");
	}

	@Test
	void sameKeyOfAnotherTaskIsAnotherAnswer() {
		request("a", "1", "x", Outcome.MISS, "x");
		request("b", "1", "x", Outcome.MISS, "x");
		assertThat(run().total().oracleHitRate()).isZero();
	}

	private final List<RecordedRequest> requests = new ArrayList<>();

	private void request(String task, String prompt, String key, Outcome outcome, String answer) {
		this.requests.add(new RecordedRequest(task, prompt, key, key));
		this.model.answers.add(new CachedAnswer<>(answer, outcome, null, null, null, null, null));
	}

	private ReplayReport run() {
		return ((ReplayResult) this.command.run(this.requests, Progress.NONE, new FailureLog(false))).report();
	}

	private static ModelEstimate estimate() {
		ModelEstimate estimate = mock();
		given(estimate.estimate(anyString(), anyString()))
			.willReturn(new ModelReply("", "model", 1, 1, Duration.ofSeconds(1000), 2, true));
		return estimate;
	}

	private static final class ScriptedModel extends ReplayedModel {

		private final Deque<CachedAnswer<String>> answers = new ArrayDeque<>();

		private Consumer<String> asked = (prompt) -> {
		};

		@Override
		public CachedAnswer<String> ask(String prompt, String task, String answerKey, String answer) {
			this.asked.accept(prompt);
			return this.answers.remove();
		}

	}

}
