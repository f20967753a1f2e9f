package io.github.llmcache.actuate;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

import io.github.llmcache.event.FailureEvent;
import io.github.llmcache.event.LlmCacheListener;
import io.github.llmcache.event.Reliability.State;

/**
 * Reports which parts of the cache fail.
 * <p>
 * The status is always up: when a part of the cache fails, calls go on without it, so
 * this is no reason to restart an application or to take it out of a load balancer. Parts
 * that failed within the last minutes are in the details as {@code degraded}, with the
 * type of the last exception and not its message, which may quote prompts. Tasks that
 * have exceeded their error budget, and so serve exact hits only, are listed as
 * {@code suspended}.
 */
public class LlmCacheHealthIndicator implements HealthIndicator, LlmCacheListener {

	/** How long a part counts as degraded after a failure. */
	public static final Duration DEFAULT_WINDOW = Duration.ofMinutes(5);

	private static final Log logger = LogFactory.getLog(LlmCacheHealthIndicator.class);

	private final Map<FailureEvent.Part, Failures> failures = new ConcurrentHashMap<>();

	private final Supplier<CacheDescription> description;

	private final Clock clock;

	private final Duration window;

	/**
	 * Create the indicator.
	 * @param description how the cache is set up; may throw any unchecked exception
	 * @param clock gives the time at which a part failed
	 * @param window how long a part counts as degraded after a failure; positive
	 */
	public LlmCacheHealthIndicator(Supplier<CacheDescription> description, Clock clock, Duration window) {
		this.description = description;
		this.clock = clock;
		this.window = window;
	}

	@Override
	public void onFailure(FailureEvent event) {
		Failures now = new Failures(1, this.clock.instant(), event.cause().getClass().getName());
		this.failures.merge(event.part(), now, Failures::and);
	}

	@Override
	public Health health() {
		Health.Builder health = Health.up();
		CacheDescription setUp = description();
		health.withDetail("store", (setUp != null) ? setUp.store() : "unknown");
		if (setUp != null && setUp.embedder() != null) {
			health.withDetail("embedder", setUp.embedder());
		}
		List<String> suspended = (setUp != null) ? suspended(setUp) : List.of();
		if (!suspended.isEmpty()) {
			health.withDetail("suspended", suspended);
		}
		return health.withDetail("degraded", degraded()).build();
	}

	private static List<String> suspended(CacheDescription setUp) {
		return setUp.reliabilities()
			.entrySet()
			.stream()
			.filter((task) -> task.getValue().state() == State.SUSPENDED)
			.map(Map.Entry::getKey)
			.sorted()
			.toList();
	}

	private Map<String, Failures> degraded() {
		Instant start = this.clock.instant().minus(this.window);
		Map<String, Failures> degraded = new TreeMap<>();
		this.failures.forEach((part, partFailures) -> {
			if (partFailures.last().isAfter(start)) {
				degraded.put(TaskDescriptor.word(part), partFailures);
			}
		});
		return degraded;
	}

	private @Nullable CacheDescription description() {
		try {
			return this.description.get();
		}
		catch (RuntimeException ex) {
			logger.debug("The cache cannot be described", ex);
			return null;
		}
	}

	/**
	 * Failures of one part.
	 *
	 * @param count how many there were since the start
	 * @param last when the last one was
	 * @param cause type of its exception
	 */
	public record Failures(long count, Instant last, String cause) {

		Failures and(Failures later) {
			return new Failures(this.count + later.count, later.last, later.cause);
		}

	}

}
