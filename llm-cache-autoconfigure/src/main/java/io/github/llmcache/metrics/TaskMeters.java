package io.github.llmcache.metrics;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.BaseUnits;
import org.jspecify.annotations.Nullable;

import io.github.llmcache.answer.Outcome;
import io.github.llmcache.cost.Prices;
import io.github.llmcache.event.AuditEvent;
import io.github.llmcache.event.EvictionEvent;
import io.github.llmcache.event.FailureEvent;
import io.github.llmcache.event.FeedbackEvent;
import io.github.llmcache.event.JudgeEvent;
import io.github.llmcache.event.LlmCacheListener;
import io.github.llmcache.event.LoadEvent;
import io.github.llmcache.event.LookupEvent;
import io.github.llmcache.event.Reliability;
import io.github.llmcache.event.ReliabilitySource;
import io.github.llmcache.event.StoreEvent;
import io.github.llmcache.event.WaitEvent;
import io.github.llmcache.platform.BoundedMap;
import io.github.llmcache.store.CacheStore.StoreUsage;

/**
 * The meters of one task. Those without a reason are registered at once, so that they
 * start from zero; each is looked up in the registry once.
 */
final class TaskMeters implements LlmCacheListener {

	private static final String GETS = "Lookups that ended with an answer out of the cache (hit) or without (miss)";

	private final MeterRegistry registry;

	/** The tag keys of Spring Boot's caches: Prometheus wants all or none of them. */
	private final Tags cacheTags;

	private final Tags taskTags;

	private final Map<Outcome, Timer> lookups = new EnumMap<>(Outcome.class);

	private final Map<LoadEvent.Result, Timer> loads = new EnumMap<>(LoadEvent.Result.class);

	private final Counter hits;

	private final Counter misses;

	private final Counter puts;

	private final Counter evictions;

	private final Map<Outcome, Counter> secondsSaved = new EnumMap<>(Outcome.class);

	private final CostMeters cost;

	private final BoundedMap<Counter> bypasses;

	private final BoundedMap<Counter> semanticSkips;

	private final BoundedMap<Counter> refusals;

	private final Timer waits;

	private final BoundedMap<Counter> rejections;

	private final BoundedMap<Counter> evictionsByCause;

	private final BoundedMap<Counter> failures;

	private final BoundedMap<Counter> audits;

	private final BoundedMap<Counter> feedback;

	private final AtomicBoolean reliabilityShown = new AtomicBoolean();

	private final String task;

	private final ReliabilitySource reliabilities;

	TaskMeters(MeterRegistry registry, String task, UsageReading usage, ReliabilitySource reliabilities,
			Prices prices) {
		this.registry = registry;
		this.cacheTags = Tags.of("cache", task, "cache.manager", "llmCache", "name", task);
		this.taskTags = Tags.of("task", task);
		for (Outcome outcome : Outcome.values()) {
			this.lookups.put(outcome,
					timer("llm.cache.lookups", "Time to look an answer up", "outcome", word(outcome)));
		}
		for (LoadEvent.Result result : LoadEvent.Result.values()) {
			this.loads.put(result, timer("llm.cache.loads", "Time that the method took", "result", word(result)));
		}
		this.waits = Timer.builder("llm.cache.waits")
			.description("Time that calls waited for others with the same prompt")
			.tags(this.taskTags)
			.register(registry);
		this.hits = cacheCounter("cache.gets", GETS, Tags.of("result", "hit"));
		this.misses = cacheCounter("cache.gets", GETS, Tags.of("result", "miss"));
		this.puts = cacheCounter("cache.puts", "Answers stored", Tags.empty());
		this.evictions = cacheCounter("cache.evictions", "Entries removed, for whatever cause", Tags.empty());
		for (Outcome outcome : Outcome.values()) {
			if (outcome.isHit()) {
				this.secondsSaved.put(outcome, secondsSaved(word(outcome)));
			}
		}
		this.cost = new CostMeters(registry, this.taskTags, prices);
		this.bypasses = counters("llm.cache.bypasses", "Calls without a lookup", "reason");
		this.semanticSkips = counters("llm.cache.semantic.skips", "Lookups without the semantic step", "reason");
		this.refusals = counters("llm.cache.refusals", "Similar entries that were not served", "reason");
		this.rejections = counters("llm.cache.rejections", "Loaded answers that were not stored", "reason");
		this.evictionsByCause = counters("llm.cache.evictions", "Entries removed", "cause");
		this.audits = counters("llm.cache.audits", "Semantic hits that the method answered as well", "result");
		this.feedback = counters("llm.cache.feedback", "Answers that somebody said to be right or wrong", "result");
		this.task = task;
		this.reliabilities = reliabilities;
		this.failures = counters("llm.cache.failures", "Failures of the cache's parts", "part");
		Gauge.builder("cache.size", usage, (reading) -> reading.read(task, StoreUsage::entries))
			.description("Entries stored")
			.tags(this.cacheTags)
			.strongReference(true)
			.register(registry);
		Gauge.builder("llm.cache.stored", usage, (reading) -> reading.read(task, StoreUsage::bytes))
			.description("Estimated memory of the entries stored")
			.baseUnit(BaseUnits.BYTES)
			.tags(this.taskTags)
			.strongReference(true)
			.register(registry);
	}

	@Override
	public void onLookup(LookupEvent event) {
		Timer timer = this.lookups.get(event.outcome());
		if (timer != null) {
			timer.record(event.lookupTime());
		}
		if (event.outcome() != Outcome.BYPASS) {
			(event.outcome().isHit() ? this.hits : this.misses).increment();
		}
		Counter saved = this.secondsSaved.get(event.outcome());
		if (event.timeSaved() != null && saved != null) {
			saved.increment((double) event.timeSaved().toNanos() / TimeUnit.SECONDS.toNanos(1));
		}
		this.cost.onLookup(event);
		if (event.reason() != null) {
			this.bypasses.get(event.reason()).increment();
		}
		if (event.semanticSkip() != null) {
			this.semanticSkips.get(event.semanticSkip()).increment();
		}
		for (String refusal : event.refusals()) {
			this.refusals.get(refusal).increment();
		}
	}

	@Override
	public void onWait(WaitEvent event) {
		this.waits.record(event.waitTime());
	}

	@Override
	public void onLoad(LoadEvent event) {
		Timer timer = this.loads.get(event.result());
		if (timer != null) {
			timer.record(event.loadTime());
		}
	}

	@Override
	public void onStore(StoreEvent event) {
		if (event.rejection() == null) {
			this.puts.increment();
		}
		else {
			this.rejections.get(event.rejection()).increment();
		}
	}

	@Override
	public void onAudit(AuditEvent event) {
		this.audits.get(word(event.result())).increment();
		if (this.reliabilityShown.compareAndSet(false, true)) {
			reliabilityGauge("llm.cache.wrong.share", "Share of wrong answers among semantic hits", Reliability::share);
			reliabilityGauge("llm.cache.wrong.share.upper", "Its upper 95 % confidence bound", Reliability::upper95);
			gauge("llm.cache.unknown.share", "Share of compared answers that could not be judged",
					(reliability) -> (reliability != null) ? reliability.unknownShare() : Double.NaN);
		}
	}

	@Override
	public void onJudge(JudgeEvent event) {
		this.cost.onJudge(event);
		Timer.builder("llm.cache.judgements")
			.description("Questions to a judge, and the time that it took or was waited for")
			.tags(this.taskTags.and("use", word(event.use()), "result", word(event.result())))
			.register(this.registry)
			.record(event.time());
	}

	@Override
	public void onFeedback(FeedbackEvent event) {
		this.feedback.get(event.right() ? "right" : "wrong").increment();
	}

	private void reliabilityGauge(String name, String description, ToDoubleFunction<Reliability> value) {
		gauge(name, description, (reliability) -> (reliability != null && reliability.compared() > 0)
				? value.applyAsDouble(reliability) : Double.NaN);
	}

	private void gauge(String name, String description, ToDoubleFunction<@Nullable Reliability> value) {
		Gauge.builder(name, this.reliabilities, (source) -> value.applyAsDouble(source.reliabilities().get(this.task)))
			.description(description)
			.tags(this.taskTags)
			.strongReference(true)
			.register(this.registry);
	}

	@Override
	public void onEviction(EvictionEvent event) {
		this.evictions.increment(event.entries());
		this.evictionsByCause.get(word(event.cause())).increment(event.entries());
	}

	@Override
	public void onFailure(FailureEvent event) {
		this.failures.get(word(event.part())).increment();
	}

	private Timer timer(String name, String description, String tag, String value) {
		return Timer.builder(name).description(description).tags(this.taskTags.and(tag, value)).register(this.registry);
	}

	private Counter cacheCounter(String name, String description, Tags tags) {
		return Counter.builder(name).description(description).tags(this.cacheTags.and(tags)).register(this.registry);
	}

	private BoundedMap<Counter> counters(String name, String description, String tag) {
		return new BoundedMap<>(ReasonCounter.MAX_REASONS,
				(value) -> Counter.builder(name)
					.description(description)
					.tags(this.taskTags.and(tag, value))
					.register(this.registry));
	}

	private Counter secondsSaved(String outcome) {
		return Counter.builder("llm.cache.time.saved")
			.description("Time that the method took when the served entries were loaded")
			.baseUnit("seconds")
			.tags(this.taskTags.and("outcome", outcome))
			.register(this.registry);
	}

	private static String word(Enum<?> constant) {
		return constant.name().toLowerCase(Locale.ROOT);
	}

}
