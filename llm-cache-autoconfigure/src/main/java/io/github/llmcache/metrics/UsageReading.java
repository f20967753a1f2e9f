package io.github.llmcache.metrics;

import java.time.Duration;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.github.llmcache.store.CacheStore.StoreUsage;

/**
 * What the store holds, asked for once for all gauges that are read together.
 */
final class UsageReading {

	private static final Log logger = LogFactory.getLog(UsageReading.class);

	private static final long VALIDITY = Duration.ofSeconds(10).toNanos();

	private final Supplier<Map<String, StoreUsage>> usage;

	private final LongSupplier nanoTime;

	private @Nullable Map<String, StoreUsage> last;

	private long lastTime;

	private boolean asked;

	UsageReading(Supplier<Map<String, StoreUsage>> usage, LongSupplier nanoTime) {
		this.usage = usage;
		this.nanoTime = nanoTime;
	}

	/**
	 * Read one number.
	 * @return zero for a task that stores nothing, {@link Double#NaN} if the store does
	 * not report it
	 */
	double read(String task, ToLongFunction<StoreUsage> number) {
		Map<String, StoreUsage> current = current();
		if (current == null) {
			return Double.NaN;
		}
		StoreUsage taskUsage = current.get(task);
		return (taskUsage != null) ? number.applyAsLong(taskUsage) : 0;
	}

	private synchronized @Nullable Map<String, StoreUsage> current() {
		long now = this.nanoTime.getAsLong();
		if (!this.asked || now - this.lastTime >= VALIDITY) {
			this.last = ask();
			this.lastTime = now;
			this.asked = true;
		}
		return this.last;
	}

	private @Nullable Map<String, StoreUsage> ask() {
		try {
			return this.usage.get();
		}
		catch (RuntimeException ex) {
			logger.debug("The store does not report how much it holds", ex);
			return null;
		}
	}

}
