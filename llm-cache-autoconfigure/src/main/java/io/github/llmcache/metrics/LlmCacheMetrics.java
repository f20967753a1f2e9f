package io.github.llmcache.metrics;

import java.util.Map;
import java.util.function.Supplier;

import io.github.llmcache.core.CacheStore.StoreUsage;
import io.github.llmcache.core.EvictionEvent;
import io.github.llmcache.core.FailureEvent;
import io.github.llmcache.core.LlmCacheListener;
import io.github.llmcache.core.LoadEvent;
import io.github.llmcache.core.LookupEvent;
import io.github.llmcache.core.StoreEvent;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * Publishes what the cache does as Micrometer meters.
 * <p>
 * Two families: {@code cache.*} in the vocabulary and with the tag keys that Spring Boot
 * gives to every cache, so that existing dashboards show tasks as caches, and
 * {@code llm.cache.*} for what other caches do not have. Meters of a task appear with its
 * first event, and tags hold only tasks, reasons and other words out of bounded sets:
 * beyond {@value StatisticsRecorder#MAX_TASKS} tasks, or 50 reasons of a kind,
 * {@code other}.
 */
public final class LlmCacheMetrics implements LlmCacheListener {

	private final BoundedMap<TaskMeters> tasks;

	/**
	 * Publish to a registry.
	 * @param registry where meters are registered
	 * @param usage tells how much is stored by task, see
	 * {@link io.github.llmcache.core.CacheStore#usage()}; asked when gauges are read, at
	 * most once in ten seconds, and may throw any unchecked exception
	 */
	public LlmCacheMetrics(MeterRegistry registry, Supplier<Map<String, StoreUsage>> usage) {
		UsageReading reading = new UsageReading(usage, () -> registry.config().clock().monotonicTime());
		this.tasks = new BoundedMap<>(StatisticsRecorder.MAX_TASKS, (task) -> new TaskMeters(registry, task, reading));
	}

	@Override
	public void onLookup(LookupEvent event) {
		this.tasks.get(event.task()).lookup(event);
	}

	@Override
	public void onLoad(LoadEvent event) {
		this.tasks.get(event.task()).load(event);
	}

	@Override
	public void onStore(StoreEvent event) {
		this.tasks.get(event.task()).store(event);
	}

	@Override
	public void onEviction(EvictionEvent event) {
		this.tasks.get(event.task()).eviction(event);
	}

	@Override
	public void onFailure(FailureEvent event) {
		this.tasks.get(event.task()).failure(event);
	}

}
