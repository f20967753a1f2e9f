package io.github.llmcache.history;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.github.llmcache.answer.Outcome;
import io.github.llmcache.test.MutableClock;
import io.github.llmcache.event.LookupEvent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link TrafficHistory}.
 */
class TrafficHistoryTests {

	private static final Instant START = Instant.parse("2026-11-01T12:00:00Z");

	private static final Duration STEP = Duration.ofMinutes(1);

	private final MutableClock clock = new MutableClock();

	private final TrafficHistory history = new TrafficHistory(Duration.ofHours(6), this.clock);

	@Test
	void nothingHappenedYet() {
		Traffic traffic = this.history.traffic();
		assertThat(traffic.start()).isEqualTo(START);
		assertThat(traffic.step()).isEqualTo(STEP);
		assertThat(traffic.length()).isOne();
		assertThat(traffic.tasks()).isEmpty();
		assertThat(this.history.topEntries(10)).isEmpty();
	}

	@Test
	void lookupsAreCountedInTheStepOfTheirTime() {
		count("support", Outcome.MISS);
		count("support", Outcome.EXACT);
		this.clock.advance(STEP.multipliedBy(2));
		count("support", Outcome.EXACT);
		count("code", Outcome.BYPASS);
		Traffic traffic = this.history.traffic();
		assertThat(traffic.length()).isEqualTo(3);
		assertThat(traffic.tasks()).containsOnlyKeys("code", "support");
		assertThat(traffic.tasks().get("support").count(Outcome.EXACT)).containsExactly(1, 0, 1);
		assertThat(traffic.tasks().get("support").count(Outcome.MISS)).containsExactly(1, 0, 0);
		assertThat(traffic.tasks().get("code").count(Outcome.BYPASS)).containsExactly(0, 0, 1);
	}

	@Test
	void missIsNearIfCandidatesWereRefused() {
		this.history.onLookup(lookup("support", Outcome.MISS, List.of("antonym", "number"), null));
		this.history.onLookup(lookup("support", Outcome.MISS, List.of(), null));
		this.history.onLookup(lookup("support", Outcome.SEMANTIC, List.of("antonym"), "a"));
		assertThat(this.history.traffic().tasks().get("support").nearMisses()).containsExactly(1);
	}

	@Test
	void timesAreSums() {
		count("support", Outcome.EXACT);
		count("support", Outcome.EXACT);
		count("support", Outcome.MISS);
		Traffic.Series series = this.history.traffic().tasks().get("support");
		assertThat(series.millisSaved()).containsExactly(1_000);
		assertThat(series.millisLookedUp()).containsExactly(6);
	}

	@Test
	void whatIsTooLongAgoIsForgotten() {
		count("support", Outcome.EXACT);
		this.clock.advance(STEP.multipliedBy(TrafficHistory.STEPS - 1));
		count("support", Outcome.MISS);
		long[] exact = this.history.traffic().tasks().get("support").count(Outcome.EXACT);
		assertThat(exact).hasSize(TrafficHistory.STEPS).startsWith(1).endsWith(0);
		this.clock.advance(STEP);
		Traffic traffic = this.history.traffic();
		assertThat(traffic.start()).isEqualTo(START.plus(STEP));
		assertThat(traffic.length()).isEqualTo(TrafficHistory.STEPS);
		assertThat(Arrays.stream(traffic.tasks().get("support").count(Outcome.EXACT)).sum()).isZero();
		count("support", Outcome.STALE); // in the place of the first
		assertThat(this.history.traffic().tasks().get("support").count(Outcome.STALE)).endsWith(1);
		this.clock.advance(STEP.multipliedBy(10L * TrafficHistory.STEPS));
		assertThat(this.history.traffic().tasks()).isEmpty();
	}

	@Test
	void clockThatIsPutBackDoesNotBreakAnything() {
		this.clock.advance(STEP.multipliedBy(5));
		count("support", Outcome.EXACT);
		this.clock.set(this.clock.instant().minus(STEP.multipliedBy(10)));
		count("support", Outcome.EXACT);
		assertThat(this.history.traffic().length()).isOne();
		this.clock.advance(STEP.multipliedBy(10));
		assertThat(this.history.traffic().tasks().get("support").count(Outcome.EXACT)).endsWith(1);
	}

	@Test
	void tasksBeyondTheirNumberAreCountedTogether() {
		for (int i = 0; i < TrafficHistory.MAX_TASKS + 20; i++) {
			count("task-" + i, Outcome.MISS);
		}
		Traffic traffic = this.history.traffic();
		assertThat(traffic.tasks()).hasSize(TrafficHistory.MAX_TASKS + 1);
		assertThat(traffic.tasks().get("other").count(Outcome.MISS)).containsExactly(20);
	}

	@Test
	void entriesThatAreServedMostComeFirst() {
		for (int i = 1; i <= 3; i++) {
			for (int hit = 0; hit < i; hit++) {
				this.history.onLookup(lookup("support", Outcome.EXACT, List.of(), "entry-" + i));
			}
		}
		assertThat(this.history.topEntries(2)).containsExactly(new ServedEntry("support", "entry-3", 3),
				new ServedEntry("support", "entry-2", 2));
	}

	@Test
	void popularEntryStaysWhileManyOthersComeAndGo() {
		int others = 20 * EntryHits.MAX;
		for (int i = 0; i < others; i++) {
			this.history.onLookup(lookup("support", Outcome.EXACT, List.of(), "rare-" + i));
			if (i % 10 == 0) {
				this.history.onLookup(lookup("support", Outcome.EXACT, List.of(), "popular"));
			}
		}
		ServedEntry first = this.history.topEntries(1).get(0);
		long hits = others / 10;
		assertThat(first.entry()).isEqualTo("popular");
		assertThat(first.hits()).isBetween(hits - (others + hits) / EntryHits.MAX, hits);
		assertThat(this.history.topEntries(Integer.MAX_VALUE)).hasSizeLessThanOrEqualTo(EntryHits.MAX);
	}

	@Test
	void nothingIsLostBetweenThreads() throws InterruptedException {
		int threads = 8;
		ExecutorService executor = Executors.newFixedThreadPool(threads);
		CountDownLatch start = new CountDownLatch(1);
		for (int i = 0; i < threads; i++) {
			executor.execute(() -> {
				awaitQuietly(start);
				for (int call = 0; call < 1_000; call++) {
					this.history.onLookup(lookup("support", Outcome.EXACT, List.of(), "a"));
				}
			});
		}
		start.countDown();
		executor.shutdown();
		assertThat(executor.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
		assertThat(this.history.traffic().tasks().get("support").count(Outcome.EXACT)).containsExactly(8_000);
		assertThat(this.history.topEntries(1).get(0).hits()).isEqualTo(8_000);
	}

	@Test
	void historyWithoutStepsIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> new TrafficHistory(Duration.ofMillis(1), this.clock));
	}

	private void count(String task, Outcome outcome) {
		this.history.onLookup(lookup(task, outcome, List.of(), null));
	}

	private static LookupEvent lookup(String task, Outcome outcome, List<String> refusals, @Nullable String entry) {
		return new LookupEvent(task, outcome, null, null, refusals, null, entry, null, Duration.ofMillis(2),
				outcome.isHit() ? Duration.ofMillis(500) : null);
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
