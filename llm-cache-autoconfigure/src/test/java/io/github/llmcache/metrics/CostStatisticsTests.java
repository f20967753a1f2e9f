package io.github.llmcache.metrics;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.github.llmcache.answer.Outcome;
import io.github.llmcache.answer.TokenUsage;
import io.github.llmcache.cost.Price;
import io.github.llmcache.cost.Prices;
import io.github.llmcache.event.JudgeEvent;
import io.github.llmcache.event.LoadEvent;
import io.github.llmcache.metrics.SemanticBalance.Worth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * What {@link StatisticsRecorder} says of cost.
 */
@ExtendWith(OutputCaptureExtension.class)
class CostStatisticsTests {

	private static final Duration LOOKUP = Duration.ofMillis(10);

	private static final Duration LOAD = Duration.ofSeconds(2);

	private final Map<String, Price> models = Map.of("small", new Price(2, 8));

	private StatisticsRecorder recorder = recorder(Prices.NONE);

	private static StatisticsRecorder recorder(Prices prices) {
		return new StatisticsRecorder(Map::of, Clock.systemUTC(), prices);
	}

	@Test
	void tokensOfHitsAreAddedUp() {
		this.recorder.onLookup(Events.saved("a", Outcome.EXACT, null, TokenUsage.reported(100, 20)));
		this.recorder.onLookup(Events.saved("a", Outcome.SEMANTIC, null, new TokenUsage(10, 5, true)));
		this.recorder.onLookup(Events.saved("a", Outcome.EXACT, null, null));
		this.recorder.onLookup(Events.lookup("a", Outcome.MISS));
		CostStatistics cost = this.recorder.statistics().task("a").cost();
		assertThat(cost.inputTokens()).isEqualTo(110);
		assertThat(cost.outputTokens()).isEqualTo(25);
		assertThat(cost.estimatedTokens()).isEqualTo(15);
		assertThat(cost.countedHits()).isEqualTo(2);
		assertThat(cost.pricedHits()).isZero();
		assertThat(cost.moneySavedNet()).isNull();
		assertThat(cost.timeSavedNet()).isEqualTo(Duration.ofMillis(3_000 - 4));
	}

	@Test
	void moneyIsNetOfLookupsAndJudge() {
		this.recorder = recorder(new Prices("EUR", this.models, 3.6, 0.5, 0.25));
		this.recorder.onLookup(Events.saved("a", Outcome.EXACT, "small", TokenUsage.reported(1_000_000, 500_000)));
		this.recorder.onLookup(Events.saved("a", Outcome.EXACT, "large", TokenUsage.reported(9, 9)));
		this.recorder.onLookup(Events.searched("b", Outcome.MISS, Duration.ofSeconds(1), null));
		for (JudgeEvent.Result result : JudgeEvent.Result.values()) {
			this.recorder.onJudge(new JudgeEvent("b", JudgeEvent.Use.SERVING, result, Duration.ZERO));
		}
		CostStatistics cost = this.recorder.statistics().total().cost();
		assertThat(cost.currency()).isEqualTo("EUR");
		assertThat(cost.countedHits()).isEqualTo(2);
		assertThat(cost.pricedHits()).isOne();
		assertThat(cost.moneySaved()).isEqualTo(6);
		assertThat(cost.lookupCost()).isEqualTo(0.501002, within(1e-9));
		assertThat(cost.judgeCost()).isEqualTo(1);
		assertThat(cost.moneySavedNet()).isEqualTo(4.498998, within(1e-9));
		assertThat(this.recorder.statistics().task("a").cost().moneySavedNet()).isCloseTo(6, within(1e-3));
		assertThat(this.recorder.statistics().task("b").cost().moneySavedNet()).isNull();
	}

	@Test
	void taskWhoseHitsCannotPayIsReportedOnce(CapturedOutput output) {
		loads("rare");
		lookups("rare", 1_023, 0);
		SemanticBalance balance = this.recorder.statistics().task("rare").semantic();
		assertThat(balance.lookups()).isEqualTo(1_023);
		assertThat(balance.lookupTime()).isEqualTo(LOOKUP.multipliedBy(1_023));
		assertThat(balance.worth()).isEqualTo(Worth.COSTS_TIME);
		lookups("rare", 1_025, 0);
		assertThat(output).containsOnlyOnce("does not pay for task 'rare'")
			.contains("llm-cache.tasks.rare.semantic to false");
		assertThat(this.recorder.statistics().task("rare").semantic().worth().isLoss()).isTrue();
	}

	@Test
	void taskWhoseHitsPayIsNotReported(CapturedOutput output) {
		loads("frequent");
		lookups("frequent", 1_000, 50);
		SemanticBalance balance = this.recorder.statistics().task("frequent").semantic();
		assertThat(balance.lookups()).isEqualTo(1_050);
		assertThat(balance.hits()).isEqualTo(50);
		assertThat(balance.timeSaved()).isEqualTo(LOAD.multipliedBy(50));
		assertThat(balance.worth()).isEqualTo(Worth.PAYS);
		assertThat(output).doesNotContain("does not pay");
	}

	@Test
	void fewLookupsDecideNothing() {
		loads("new");
		lookups("new", 99, 0);
		assertThat(this.recorder.statistics().task("new").semantic().worth()).isEqualTo(Worth.UNDECIDED);
		// one of 200 hits would pay, and so few lookups cannot tell
		lookups("new", 200, 1);
		assertThat(this.recorder.statistics().task("new").semantic().worth()).isEqualTo(Worth.UNDECIDED);
	}

	@Test
	void exactHitsDoNotPayForSemanticLookups() {
		loads("exact");
		for (int i = 0; i < 10_000; i++) {
			this.recorder.onLookup(Events.lookup("exact", Outcome.EXACT));
		}
		lookups("exact", 1_024, 0);
		assertThat(this.recorder.statistics().task("exact").semantic().worth()).isEqualTo(Worth.COSTS_TIME);
	}

	@Test
	void moneyCountsWhereItIsKnown() {
		this.recorder = recorder(new Prices("USD", this.models, 0, 0.2, 0));
		loads("dear");
		lookups("dear", 1_000, 50);
		SemanticBalance dear = this.recorder.statistics().task("dear").semantic();
		assertThat(dear.moneySaved()).isEqualTo(100);
		assertThat(dear.cost()).isEqualTo(210, within(1e-9));
		assertThat(dear.worth()).isEqualTo(Worth.COSTS_MONEY);
		this.recorder = recorder(new Prices("USD", this.models, 0, 0.05, 0));
		loads("cheap");
		lookups("cheap", 1_000, 50);
		assertThat(this.recorder.statistics().task("cheap").semantic().worth()).isEqualTo(Worth.PAYS);
		this.recorder = recorder(new Prices("USD", this.models, 0, 0.2, 0));
		loads("both");
		this.recorder.onLookup(Events.saved("both", Outcome.EXACT, "small", TokenUsage.reported(1_000_000, 0)));
		lookups("both", 1_100, 0);
		assertThat(this.recorder.statistics().task("both").semantic().worth()).isEqualTo(Worth.COSTS_BOTH);
	}

	private void loads(String task) {
		this.recorder.onLoad(new LoadEvent(task, LOAD, LoadEvent.Result.SUCCESS));
	}

	private void lookups(String task, int misses, int hits) {
		for (int i = 0; i < hits; i++) {
			this.recorder.onLookup(Events.searched(task, Outcome.SEMANTIC, LOOKUP, LOAD));
		}
		for (int i = 0; i < misses; i++) {
			this.recorder.onLookup(Events.searched(task, Outcome.MISS, LOOKUP, null));
		}
	}

}
