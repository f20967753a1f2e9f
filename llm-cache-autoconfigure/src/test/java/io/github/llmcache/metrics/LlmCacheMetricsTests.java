package io.github.llmcache.metrics;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.cache.CacheMeterBinder;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.github.llmcache.answer.Outcome;
import io.github.llmcache.answer.TokenUsage;
import io.github.llmcache.cost.Price;
import io.github.llmcache.cost.Prices;
import io.github.llmcache.event.AuditEvent;
import io.github.llmcache.event.EvictionEvent;
import io.github.llmcache.event.EvictionEvent.Cause;
import io.github.llmcache.event.FailureEvent;
import io.github.llmcache.event.FailureEvent.Part;
import io.github.llmcache.event.FeedbackEvent;
import io.github.llmcache.event.JudgeEvent;
import io.github.llmcache.event.LoadEvent;
import io.github.llmcache.event.StoreEvent;
import io.github.llmcache.event.WaitEvent;
import io.github.llmcache.store.CacheStore.StoreUsage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * Tests for {@link LlmCacheMetrics}.
 */
class LlmCacheMetricsTests {

	private final MockClock clock = new MockClock();

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry(SimpleConfig.DEFAULT, this.clock);

	private final Map<String, StoreUsage> usage = new HashMap<>();

	private int asked;

	private boolean broken;

	private final LlmCacheMetrics metrics = new LlmCacheMetrics(this.registry, this::usage, Map::of);

	private Map<String, StoreUsage> usage() {
		this.asked++;
		if (this.broken) {
			throw new IllegalStateException("no store");
		}
		return Map.copyOf(this.usage);
	}

	@Test
	void storeIsNotAskedBeforeAGaugeIsRead() {
		this.metrics.onLookup(Events.lookup("a", Outcome.MISS));
		assertThat(this.asked).isZero();
	}

	@Test
	void lookupsAreTimedByTaskAndOutcome() {
		this.metrics.onLookup(Events.lookup("a", Outcome.SEMANTIC));
		this.metrics.onLookup(Events.lookup("a", Outcome.MISS));
		this.metrics.onLookup(Events.lookup("b", Outcome.MISS));
		Timer timer = this.registry.get("llm.cache.lookups").tags("task", "a", "outcome", "semantic").timer();
		assertThat(timer.count()).isOne();
		assertThat(timer.totalTime(TimeUnit.MILLISECONDS)).isOne();
		assertThat(this.registry.get("llm.cache.lookups").tags("task", "a").timers()).hasSize(Outcome.values().length);
	}

	@Test
	void getsAreHitsAndMissesInTheUsualVocabulary() {
		this.metrics.onLookup(Events.lookup("a", Outcome.EXACT));
		this.metrics.onLookup(Events.lookup("a", Outcome.SEMANTIC));
		this.metrics.onLookup(Events.lookup("a", Outcome.STALE));
		this.metrics.onLookup(Events.lookup("a", Outcome.MISS));
		this.metrics.onLookup(Events.bypass("a", "ttl-zero"));
		assertThat(count("cache.gets", "cache", "a", "result", "hit")).isEqualTo(3);
		assertThat(count("cache.gets", "cache", "a", "result", "miss")).isOne();
		assertThat(count("llm.cache.bypasses", "task", "a", "reason", "ttl-zero")).isOne();
		for (String outcome : List.of("exact", "semantic", "stale")) {
			assertThat(count("llm.cache.time.saved", "task", "a", "outcome", outcome)).isOne();
		}
	}

	@Test
	void tagKeysOfSharedMetersAreThoseThatSpringBootUses() {
		SimpleMeterRegistry boot = new SimpleMeterRegistry();
		new AnyCache(Tags.of("cache.manager", "cacheManager", "name", "books")).bindTo(boot);
		this.metrics.onLookup(Events.lookup("a", Outcome.MISS));
		for (Meter meter : boot.getMeters()) {
			assertThat(tagKeys(this.registry.get(meter.getId().getName()).meter())).isEqualTo(tagKeys(meter));
			assertThat(this.registry.get(meter.getId().getName()).meter().getId().getBaseUnit())
				.isEqualTo(meter.getId().getBaseUnit());
		}
	}

	@Test
	void everyMeterOfOneNameHasTheSameTagKeys() {
		everyEvent();
		Map<String, Set<String>> keys = new HashMap<>();
		for (Meter meter : this.registry.getMeters()) {
			assertThat(keys.computeIfAbsent(meter.getId().getName(), (name) -> tagKeys(meter)))
				.isEqualTo(tagKeys(meter));
		}
		assertThat(keys).containsOnlyKeys("cache.gets", "cache.puts", "cache.evictions", "cache.size",
				"llm.cache.lookups", "llm.cache.loads", "llm.cache.waits", "llm.cache.bypasses",
				"llm.cache.semantic.skips", "llm.cache.refusals", "llm.cache.rejections", "llm.cache.evictions",
				"llm.cache.failures", "llm.cache.time.saved", "llm.cache.tokens.saved", "llm.cache.semantic.lookups",
				"llm.cache.stored");
	}

	@Test
	void everyMeterIsDocumented() throws IOException {
		everyEvent();
		new LlmCacheMetrics(this.registry, this::usage, Map::of, new Prices("EUR", Map.of(), 1, 0, 0))
			.onLookup(Events.lookup("b", Outcome.MISS));
		this.metrics.onAudit(new AuditEvent("a", AuditEvent.Result.RIGHT));
		this.metrics.onFeedback(new FeedbackEvent("a", false));
		this.metrics
			.onJudge(new JudgeEvent("a", JudgeEvent.Use.SERVING, JudgeEvent.Result.TIMED_OUT, Duration.ofSeconds(2)));
		assertThat(this.registry.get("llm.cache.judgements")
			.tags("task", "a", "use", "serving", "result", "timed_out")
			.timer()
			.totalTime(TimeUnit.SECONDS)).isEqualTo(2);
		assertThat(count("llm.cache.feedback", "task", "a", "result", "wrong")).isOne();
		String reference = Files.readString(Path.of("../docs/reference.md"));
		String meters = reference.substring(reference.indexOf("\n## Meters"), reference.indexOf("\n## Observations"));
		Set<String> documented = new TreeSet<>();
		Pattern.compile("(?m)^\\| `((llm\\.)?cache\\.[a-z.]+)` \\|")
			.matcher(meters)
			.results()
			.forEach((match) -> documented.add(match.group(1)));
		assertThat(this.registry.getMeters()).extracting((meter) -> meter.getId().getName())
			.containsAll(documented)
			.allMatch(documented::contains);
	}

	@Test
	void tokensAndMoneyAreCounted() {
		Prices prices = new Prices("EUR", Map.of("small", new Price(2, 8)), 3.6, 0.5, 0.25);
		LlmCacheMetrics priced = new LlmCacheMetrics(this.registry, this::usage, Map::of, prices);
		priced.onLookup(Events.saved("a", Outcome.EXACT, "small", TokenUsage.reported(1_000_000, 500_000)));
		priced.onLookup(Events.saved("a", Outcome.SEMANTIC, "small", new TokenUsage(1_000_000, 0, true)));
		priced.onLookup(Events.saved("a", Outcome.EXACT, "other", TokenUsage.reported(3, 4)));
		priced.onLookup(Events.searched("a", Outcome.MISS, Duration.ofMillis(1_000), null));
		priced.onJudge(new JudgeEvent("a", JudgeEvent.Use.LABEL, JudgeEvent.Result.SAME, Duration.ofSeconds(1)));
		priced.onJudge(new JudgeEvent("a", JudgeEvent.Use.SERVING, JudgeEvent.Result.REMEMBERED, Duration.ZERO));
		assertThat(count("llm.cache.tokens.saved", "kind", "input", "source", "reported")).isEqualTo(1_000_003);
		assertThat(count("llm.cache.tokens.saved", "kind", "output", "source", "reported")).isEqualTo(500_004);
		assertThat(count("llm.cache.tokens.saved", "kind", "input", "source", "estimated")).isEqualTo(1_000_000);
		assertThat(count("llm.cache.tokens.saved", "kind", "output", "source", "estimated")).isZero();
		assertThat(count("llm.cache.money.saved", "task", "a", "currency", "EUR")).isEqualTo(8);
		// 1,003 ms at 3.60 an hour, and one search
		assertThat(count("llm.cache.money.spent", "task", "a", "on", "lookups")).isEqualTo(0.501003, within(1e-9));
		assertThat(count("llm.cache.money.spent", "task", "a", "on", "judge")).isEqualTo(0.25);
		assertThat(this.registry.get("llm.cache.semantic.lookups").tags("outcome", "semantic").timer().count()).isOne();
		assertThat(this.registry.get("llm.cache.semantic.lookups").tags("outcome", "miss").timer().count()).isOne();
	}

	@Test
	void withoutPricesThereAreNoMetersOfMoney() {
		everyEvent();
		assertThat(this.registry.getMeters()).extracting((meter) -> meter.getId().getName())
			.noneMatch((name) -> name.contains("money"));
	}

	@Test
	void everyMeterIsDescribed() {
		everyEvent();
		assertThat(this.registry.getMeters())
			.allSatisfy((meter) -> assertThat(meter.getId().getDescription()).as(meter.getId().getName()).isNotBlank());
	}

	@Test
	void reasonsAreTags() {
		everyEvent();
		assertThat(count("llm.cache.refusals", "task", "a", "reason", "number")).isOne();
		assertThat(count("llm.cache.semantic.skips", "task", "a", "reason", "beyond-window")).isOne();
		assertThat(count("llm.cache.rejections", "task", "a", "reason", "empty-value")).isOne();
		assertThat(count("llm.cache.failures", "task", "a", "part", "store")).isOne();
		assertThat(count("cache.puts", "cache", "a")).isOne();
		assertThat(count("cache.evictions", "cache", "a")).isEqualTo(5);
		assertThat(count("llm.cache.evictions", "task", "a", "cause", "expired")).isEqualTo(2);
		assertThat(count("llm.cache.evictions", "task", "a", "cause", "capacity")).isEqualTo(3);
	}

	@Test
	void loadsAndWaitsAreTimed() {
		this.metrics.onLoad(new LoadEvent("a", Duration.ofSeconds(2), LoadEvent.Result.SUCCESS));
		this.metrics.onLoad(new LoadEvent("a", Duration.ofSeconds(3), LoadEvent.Result.FAILURE));
		this.metrics.onLoad(new LoadEvent("a", Duration.ofSeconds(5), LoadEvent.Result.CANCELLED));
		this.metrics.onWait(new WaitEvent("a", true, Duration.ofSeconds(4)));
		assertThat(this.registry.get("llm.cache.loads").tags("result", "success").timer().totalTime(TimeUnit.SECONDS))
			.isEqualTo(2);
		assertThat(this.registry.get("llm.cache.loads").tags("result", "failure").timer().totalTime(TimeUnit.SECONDS))
			.isEqualTo(3);
		assertThat(this.registry.get("llm.cache.loads").tags("result", "cancelled").timer().totalTime(TimeUnit.SECONDS))
			.isEqualTo(5);
		assertThat(this.registry.get("llm.cache.waits").tags("task", "a").timer().totalTime(TimeUnit.SECONDS))
			.isEqualTo(4);
	}

	@Test
	void gaugesOfATaskThatComesLaterAppear() {
		this.metrics.onLookup(Events.lookup("a", Outcome.MISS));
		assertThat(gauge("cache.size", "cache", "a")).isZero();
		this.usage.put("late", new StoreUsage(7, 700));
		this.clock.add(Duration.ofSeconds(11));
		this.metrics.onStore(new StoreEvent("late", null));
		assertThat(gauge("cache.size", "cache", "late")).isEqualTo(7);
		assertThat(gauge("llm.cache.stored", "task", "late")).isEqualTo(700);
	}

	@Test
	void gaugesThatAreReadTogetherAskTheStoreOnce() {
		this.metrics.onLookup(Events.lookup("a", Outcome.MISS));
		this.metrics.onLookup(Events.lookup("b", Outcome.MISS));
		for (String task : List.of("a", "b")) {
			gauge("cache.size", "cache", task);
			gauge("llm.cache.stored", "task", task);
		}
		assertThat(this.asked).isOne();
		this.clock.add(Duration.ofSeconds(10));
		gauge("cache.size", "cache", "a");
		assertThat(this.asked).isEqualTo(2);
	}

	@Test
	void brokenStoreHasNoSize() {
		this.broken = true;
		this.metrics.onLookup(Events.lookup("a", Outcome.MISS));
		assertThat(gauge("cache.size", "cache", "a")).isNaN();
	}

	@Test
	void tasksBeyondTheLimitShareTheirMeters() {
		for (int i = 0; i < StatisticsRecorder.MAX_TASKS + 10; i++) {
			this.metrics.onLookup(Events.lookup("task-" + i, Outcome.MISS));
		}
		assertThat(count("cache.gets", "cache", "other", "result", "miss")).isEqualTo(10);
		assertThat(this.registry.find("cache.puts").counters()).hasSize(StatisticsRecorder.MAX_TASKS + 1);
	}

	private void everyEvent() {
		this.metrics.onLookup(Events.lookup("a", Outcome.EXACT));
		this.metrics.onLookup(Events.bypass("a", "ttl-zero"));
		this.metrics.onLookup(Events.miss("a", "beyond-window", List.of("number")));
		this.metrics.onLoad(new LoadEvent("a", Duration.ofSeconds(2), LoadEvent.Result.SUCCESS));
		this.metrics.onStore(new StoreEvent("a", null));
		this.metrics.onStore(new StoreEvent("a", "empty-value"));
		this.metrics.onEviction(new EvictionEvent("a", Cause.EXPIRED, 2));
		this.metrics.onEviction(new EvictionEvent("a", Cause.CAPACITY, 3));
		this.metrics.onFailure(new FailureEvent("a", Part.STORE, new IllegalStateException()));
	}

	private double count(String name, String... tags) {
		return this.registry.get(name).tags(tags).counter().count();
	}

	private double gauge(String name, String... tags) {
		return this.registry.get(name).tags(tags).gauge().value();
	}

	private static Set<String> tagKeys(Meter meter) {
		Set<String> keys = new TreeSet<>();
		for (Tag tag : meter.getId().getTags()) {
			keys.add(tag.getKey());
		}
		return keys;
	}

	/**
	 * A cache as Spring Boot binds it.
	 */
	private static final class AnyCache extends CacheMeterBinder<Object> {

		AnyCache(Iterable<Tag> tags) {
			super(new Object(), "books", tags);
		}

		@Override
		protected Long size() {
			return 0L;
		}

		@Override
		protected long hitCount() {
			return 0;
		}

		@Override
		protected Long missCount() {
			return 0L;
		}

		@Override
		protected @Nullable Long evictionCount() {
			return 0L;
		}

		@Override
		protected long putCount() {
			return 0;
		}

		@Override
		protected void bindImplementationSpecificMetrics(io.micrometer.core.instrument.MeterRegistry registry) {
		}

	}

}
