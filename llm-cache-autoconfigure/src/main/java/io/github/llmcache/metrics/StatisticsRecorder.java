package io.github.llmcache.metrics;

import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.github.llmcache.cost.Prices;
import io.github.llmcache.platform.BoundedMap;
import io.github.llmcache.store.CacheStore.StoreUsage;

/**
 * Counts what the cache does, without a metrics library.
 * <p>
 * An event takes no lock and well under a microsecond. A task takes at most about 150
 * kilobytes; {@value #MAX_TASKS} tasks are kept apart and further ones counted together
 * as {@code other}, as are reasons beyond 50 of a kind.
 */
public final class StatisticsRecorder extends PerTaskListener<TaskRecorder> implements StatisticsSource {

	private static final Log logger = LogFactory.getLog(StatisticsRecorder.class);

	private final Supplier<Map<String, StoreUsage>> usage;

	private final Instant since;

	private final Prices prices;

	/**
	 * Start counting.
	 * @param usage reports how much is stored by task, see
	 * {@link io.github.llmcache.store.CacheStore#usage()}; asked once for each snapshot,
	 * and may throw any unchecked exception
	 * @param clock gives the time at which counting began
	 */
	public StatisticsRecorder(Supplier<Map<String, StoreUsage>> usage, Clock clock) {
		this(usage, clock, Prices.NONE);
	}

	/**
	 * Start counting, money included.
	 * @param usage reports how much is stored by task
	 * @param clock tells when counting began
	 * @param prices what tokens, lookups and questions to a judge cost
	 */
	public StatisticsRecorder(Supplier<Map<String, StoreUsage>> usage, Clock clock, Prices prices) {
		super((task) -> new TaskRecorder(task, prices));
		this.usage = usage;
		this.prices = prices;
		this.since = clock.instant();
	}

	@Override
	public CacheStatistics statistics() {
		TaskSum total = new TaskSum(this.prices);
		Map<String, TaskSum> sums = new HashMap<>();
		tasks().forEach((task, recorder) -> {
			total.add(recorder);
			sums.computeIfAbsent(task, (key) -> new TaskSum(this.prices)).add(recorder);
		});
		Map<String, StoreUsage> stored = usage();
		if (stored != null) {
			stored.forEach((task, storeUsage) -> {
				total.add(storeUsage);
				boolean apart = sums.containsKey(task) || sums.size() < MAX_TASKS;
				sums.computeIfAbsent(apart ? task : BoundedMap.OTHER, (key) -> new TaskSum(this.prices))
					.add(storeUsage);
			});
		}
		Map<String, TaskStatistics> statistics = new HashMap<>();
		sums.forEach((task, sum) -> statistics.put(task, sum.statistics(stored != null)));
		return new CacheStatistics(this.since, total.statistics(stored != null), statistics);
	}

	private @Nullable Map<String, StoreUsage> usage() {
		try {
			return this.usage.get();
		}
		catch (RuntimeException ex) {
			logger.debug("The store does not report how much it holds", ex);
			return null;
		}
	}

}
