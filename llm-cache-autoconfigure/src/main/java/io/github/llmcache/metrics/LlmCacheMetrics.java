package io.github.llmcache.metrics;

import java.util.Map;
import java.util.function.Supplier;

import io.github.llmcache.cost.Prices;
import io.github.llmcache.event.ReliabilitySource;
import io.github.llmcache.store.CacheStore.StoreUsage;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * Publishes what the cache does as Micrometer meters.
 * <p>
 * Two families: {@code cache.*} in the vocabulary and with the tag keys that Spring Boot
 * gives to every cache, so that existing dashboards show tasks as caches, and
 * {@code llm.cache.*} for what other caches do not have. Meters of a task appear with its
 * first event, and tags hold only tasks, reasons and other words out of bounded sets:
 * beyond {@value PerTaskListener#MAX_TASKS} tasks, or 50 reasons of a kind,
 * {@code other}.
 */
public final class LlmCacheMetrics extends PerTaskListener<TaskMeters> {

	/**
	 * Publish to a registry.
	 * @param registry where meters are registered
	 * @param usage reports how much is stored by task, see
	 * {@link io.github.llmcache.store.CacheStore#usage()}; asked when gauges are read, at
	 * most once in ten seconds, and may throw any unchecked exception
	 * @param reliabilities reports how reliable semantic hits are; asked when gauges are
	 * read
	 */
	public LlmCacheMetrics(MeterRegistry registry, Supplier<Map<String, StoreUsage>> usage,
			ReliabilitySource reliabilities) {
		this(registry, usage, reliabilities, Prices.NONE);
	}

	/**
	 * Publish to a registry, reliabilities and money included.
	 * @param registry where meters are registered
	 * @param usage reports how much is stored by task
	 * @param reliabilities reports how reliable semantic hits are
	 * @param prices what tokens, lookups and questions to a judge cost; without any, the
	 * meters of money are not registered
	 */
	public LlmCacheMetrics(MeterRegistry registry, Supplier<Map<String, StoreUsage>> usage,
			ReliabilitySource reliabilities, Prices prices) {
		this(registry, new UsageReading(usage, () -> registry.config().clock().monotonicTime()), reliabilities, prices);
	}

	private LlmCacheMetrics(MeterRegistry registry, UsageReading usage, ReliabilitySource reliabilities,
			Prices prices) {
		super((task) -> new TaskMeters(registry, task, usage, reliabilities, prices));
	}

}
