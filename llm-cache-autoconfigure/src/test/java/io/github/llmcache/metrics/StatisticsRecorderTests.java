package io.github.llmcache.metrics;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import io.github.llmcache.answer.Outcome;
import io.github.llmcache.event.JudgeEvent.Result;
import io.github.llmcache.event.JudgeEvent.Use;
import io.github.llmcache.event.JudgeEvent;
import io.github.llmcache.event.EvictionEvent;
import io.github.llmcache.event.FailureEvent;
import io.github.llmcache.event.LoadEvent;
import io.github.llmcache.event.LookupEvent;
import io.github.llmcache.event.StoreEvent;
import io.github.llmcache.store.CacheStore.StoreUsage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * Tests for {@link StatisticsRecorder}.
 */
class StatisticsRecorderTests {

	private static final Instant START = Instant.parse("2026-11-01T12:00:00Z");

	private final StatisticsRecorder recorder = new StatisticsRecorder(Map::of, Clock.fixed(START, ZoneOffset.UTC));

	@Test
	void nothingHappenedYet() {
		CacheStatistics statistics = this.recorder.statistics();
		assertThat(statistics.since()).isEqualTo(START);
		assertThat(statistics.tasks()).isEmpty();
		assertThat(statistics.total()).isEqualTo(TaskStatistics.NONE);
		assertThat(statistics.total().hitRate()).isZero();
		assertThat(statistics.task("unknown")).isSameAs(TaskStatistics.NONE);
	}

	@Test
	void outcomesAreCountedByTaskAndTogether() {
		this.recorder.onLookup(Events.lookup("a", Outcome.EXACT));
		this.recorder.onLookup(Events.lookup("a", Outcome.EXACT));
		this.recorder.onLookup(Events.lookup("a", Outcome.SEMANTIC));
		this.recorder.onLookup(Events.lookup("a", Outcome.MISS));
		this.recorder.onLookup(Events.lookup("b", Outcome.STALE));
		CacheStatistics statistics = this.recorder.statistics();
		assertThat(statistics.tasks()).containsOnlyKeys("a", "b");
		TaskStatistics task = statistics.task("a");
		assertThat(task.requests()).isEqualTo(4);
		assertThat(task.count(Outcome.EXACT)).isEqualTo(2);
		assertThat(task.count(Outcome.SEMANTIC)).isOne();
		assertThat(task.count(Outcome.MISS)).isOne();
		assertThat(task.count(Outcome.STALE)).isZero();
		assertThat(task.hits()).isEqualTo(3);
		assertThat(task.hitRate()).isEqualTo(0.75);
		assertThat(statistics.total().requests()).isEqualTo(5);
		assertThat(statistics.total().hitRate()).isEqualTo(0.8);
	}

	@Test
	void judgementsAreCountedByWhatCameOfThem() {
		this.recorder.onJudge(new JudgeEvent("a", Use.SERVING, Result.SAME, Duration.ofMillis(300)));
		this.recorder.onJudge(new JudgeEvent("a", Use.LABEL, Result.SAME, Duration.ofMillis(500)));
		this.recorder.onJudge(new JudgeEvent("b", Use.SERVING, Result.OVER_BUDGET, Duration.ZERO));
		assertThat(this.recorder.statistics().task("a").judgements()).containsOnlyKeys(Result.SAME);
		Timing same = this.recorder.statistics().total().judgements().get(Result.SAME);
		assertThat(same.count()).isEqualTo(2);
		assertThat(same.mean()).isEqualTo(Duration.ofMillis(400));
		assertThat(this.recorder.statistics().total().judgements().get(Result.OVER_BUDGET).count()).isOne();
	}

	@Test
	void bypassesDoNotCountInTheHitRate() {
		this.recorder.onLookup(Events.lookup("a", Outcome.EXACT));
		this.recorder.onLookup(Events.bypass("a", "ttl-zero"));
		this.recorder.onLookup(Events.bypass("a", "ttl-zero"));
		this.recorder.onLookup(Events.bypass("a", "no-prompt"));
		TaskStatistics task = this.recorder.statistics().task("a");
		assertThat(task.count(Outcome.BYPASS)).isEqualTo(3);
		assertThat(task.bypasses()).isEqualTo(Map.of("ttl-zero", 2L, "no-prompt", 1L));
		assertThat(task.hitRate()).isOne();
	}

	@Test
	void everyReasonIsCounted() {
		this.recorder.onLookup(Events.miss("a", null, List.of("number", "negation", "number")));
		this.recorder.onLookup(Events.miss("a", "beyond-window", List.of()));
		this.recorder.onStore(new StoreEvent("a", null));
		this.recorder.onStore(new StoreEvent("a", "empty-value"));
		this.recorder.onEviction(new EvictionEvent("a", EvictionEvent.Cause.EXPIRED, 3));
		this.recorder.onEviction(new EvictionEvent("a", EvictionEvent.Cause.EXPIRED, 4));
		this.recorder.onFailure(new FailureEvent("a", FailureEvent.Part.STORE, new IllegalStateException()));
		for (TaskStatistics statistics : List.of(this.recorder.statistics().total(),
				this.recorder.statistics().task("a"))) {
			assertThat(statistics.refusals()).isEqualTo(Map.of("number", 2L, "negation", 1L));
			assertThat(statistics.semanticSkips()).isEqualTo(Map.of("beyond-window", 1L));
			assertThat(statistics.stored()).isOne();
			assertThat(statistics.rejections()).isEqualTo(Map.of("empty-value", 1L));
			assertThat(statistics.evictions()).isEqualTo(Map.of(EvictionEvent.Cause.EXPIRED, 7L));
			assertThat(statistics.failures()).isEqualTo(Map.of(FailureEvent.Part.STORE, 1L));
		}
	}

	@Test
	void timesAreSummarisedByOutcome() {
		for (int i = 1; i <= 100; i++) {
			this.recorder.onLookup(Events.lookup("a", Outcome.EXACT, Duration.ofMillis(i), Duration.ofSeconds(2)));
		}
		this.recorder.onLookup(Events.lookup("a", Outcome.MISS, Duration.ofSeconds(9), null));
		Timing timing = this.recorder.statistics().task("a").lookups().get(Outcome.EXACT);
		assertThat(timing.count()).isEqualTo(100);
		assertThat(timing.mean()).isEqualTo(Duration.ofNanos(50_500_000));
		assertThat((double) timing.p50().toMillis()).isCloseTo(50, within(1.0));
		assertThat((double) timing.p95().toMillis()).isCloseTo(95, within(1.0));
		assertThat((double) timing.p99().toMillis()).isCloseTo(99, within(1.0));
		assertThat(timing.max()).isEqualTo(Duration.ofMillis(100));
		assertThat(this.recorder.statistics().task("a").timeSaved()).isEqualTo(Duration.ofSeconds(200));
	}

	@Test
	void percentilesOfTheTotalAreThoseOfAllTasksTogether() {
		for (int i = 0; i < 90; i++) {
			this.recorder.onLoad(new LoadEvent("fast", Duration.ofMillis(10), LoadEvent.Result.SUCCESS));
		}
		for (int i = 0; i < 10; i++) {
			this.recorder.onLoad(new LoadEvent("slow", Duration.ofSeconds(4), LoadEvent.Result.FAILURE));
		}
		TaskStatistics total = this.recorder.statistics().total();
		assertThat((double) total.loads().p50().toMillis()).isCloseTo(10, within(0.1));
		assertThat((double) total.loads().p95().toMillis()).isCloseTo(4000, within(40.0));
		assertThat(total.failedLoads()).isEqualTo(10);
	}

	@Test
	void durationsOutOfRangeAreCounted() {
		this.recorder.onLoad(new LoadEvent("a", Duration.ofHours(2), LoadEvent.Result.SUCCESS));
		this.recorder.onLoad(new LoadEvent("a", Duration.ofNanos(-1), LoadEvent.Result.SUCCESS));
		Timing loads = this.recorder.statistics().task("a").loads();
		assertThat(loads.count()).isEqualTo(2);
		assertThat(loads.mean()).isEqualTo(Duration.ofHours(1));
		assertThat(loads.max()).isEqualTo(Duration.ofHours(2));
	}

	@Test
	void usageIsAskedOfTheStore() {
		StatisticsRecorder withUsage = new StatisticsRecorder(
				() -> Map.of("a", new StoreUsage(3, 300), "stored-earlier", new StoreUsage(1, 50)), Clock.systemUTC());
		withUsage.onLookup(Events.lookup("a", Outcome.MISS));
		withUsage.onLookup(Events.lookup("b", Outcome.MISS));
		CacheStatistics statistics = withUsage.statistics();
		assertThat(statistics.tasks()).containsOnlyKeys("a", "b", "stored-earlier");
		assertThat(statistics.task("a").usage()).isEqualTo(new StoreUsage(3, 300));
		assertThat(statistics.task("b").usage()).isEqualTo(new StoreUsage(0, 0));
		assertThat(statistics.total().usage()).isEqualTo(new StoreUsage(4, 350));
	}

	@Test
	void brokenStoreLeavesUsageUnknownOnly() {
		StatisticsRecorder broken = new StatisticsRecorder(() -> {
			throw new IllegalStateException("no store");
		}, Clock.systemUTC());
		broken.onLookup(Events.lookup("a", Outcome.MISS));
		CacheStatistics statistics = broken.statistics();
		assertThat(statistics.total().usage()).isNull();
		assertThat(statistics.task("a").usage()).isNull();
		assertThat(statistics.task("a").requests()).isOne();
	}

	@Test
	void tasksBeyondTheLimitAreCountedTogether() {
		for (int i = 0; i < StatisticsRecorder.MAX_TASKS + 10; i++) {
			this.recorder.onLookup(Events.lookup("task-" + i, Outcome.MISS));
		}
		CacheStatistics statistics = this.recorder.statistics();
		assertThat(statistics.tasks()).hasSize(StatisticsRecorder.MAX_TASKS + 1);
		assertThat(statistics.task("other").requests()).isEqualTo(10);
		assertThat(statistics.total().requests()).isEqualTo(StatisticsRecorder.MAX_TASKS + 10);
	}

	@Test
	void reasonsBeyondTheLimitAreCountedTogether() {
		for (int i = 0; i < ReasonCounter.MAX_REASONS + 5; i++) {
			this.recorder.onLookup(Events.bypass("a", "reason-" + i));
		}
		TaskStatistics task = this.recorder.statistics().task("a");
		assertThat(task.bypasses()).hasSize(ReasonCounter.MAX_REASONS + 1).containsEntry("other", 5L);
	}

	@Test
	void noEventIsLostAmongThreads() throws Exception {
		int threads = 8;
		int events = 5_000;
		CountDownLatch start = new CountDownLatch(1);
		ExecutorService executor = Executors.newFixedThreadPool(threads);
		for (int i = 0; i < threads; i++) {
			executor.submit(() -> {
				start.await();
				for (int j = 0; j < events; j++) {
					LookupEvent event = Events.lookup("task-" + j % 3, Outcome.EXACT);
					this.recorder.onLookup(event);
				}
				return null;
			});
		}
		start.countDown();
		executor.shutdown();
		assertThat(executor.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
		TaskStatistics total = this.recorder.statistics().total();
		assertThat(total.count(Outcome.EXACT)).isEqualTo((long) threads * events);
		assertThat(total.timeSaved()).isEqualTo(Duration.ofSeconds((long) threads * events));
	}

}
