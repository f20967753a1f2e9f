package io.github.llmcache.actuate;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

import io.github.llmcache.core.LlmCache;
import io.github.llmcache.metrics.CacheStatistics;
import io.github.llmcache.metrics.StatisticsSource;
import io.github.llmcache.metrics.TaskStatistics;
import io.github.llmcache.policy.CachePolicy;
import io.github.llmcache.store.EvictionSelector;

/**
 * {@link Endpoint @Endpoint} that shows what the cache does and evicts answers.
 * <p>
 * Shows numbers, tasks and settings, never a prompt, an answer, a scope or a tag. To
 * evict by something personal, send it in the body of a {@code POST}: the address of a
 * {@code DELETE} ends up in access logs. Eviction and feedback have to be allowed by
 * {@code management.endpoint.llmcache.access=unrestricted}.
 */
@Endpoint(id = "llmcache", defaultAccess = Access.READ_ONLY)
public class LlmCacheEndpoint {

	private final LlmCache cache;

	private final StatisticsSource statistics;

	private final Supplier<CacheDescription> description;

	/**
	 * Create the endpoint.
	 * @param cache the cache to evict
	 * @param statistics what to show
	 * @param description how the cache is set up; called on every read
	 */
	public LlmCacheEndpoint(LlmCache cache, StatisticsSource statistics, Supplier<CacheDescription> description) {
		this.cache = cache;
		this.statistics = statistics;
		this.description = description;
	}

	/**
	 * Show all tasks.
	 * @return the setup, totals, and every task that was called, stores something or has
	 * a policy of its own
	 */
	@ReadOperation
	public CacheDescriptor cache() {
		CacheDescription setUp = this.description.get();
		CacheStatistics snapshot = this.statistics.statistics();
		Map<String, TaskDescriptor> tasks = new TreeMap<>();
		setUp.policies()
			.forEach((task, policy) -> tasks.put(task,
					TaskDescriptor.of(TaskStatistics.NONE, policy, setUp.reliabilities().get(task))));
		snapshot.tasks()
			.forEach((task, values) -> tasks.put(task,
					TaskDescriptor.of(values, setUp.policies().get(task), setUp.reliabilities().get(task))));
		return new CacheDescriptor(setUp.store(), setUp.embedder(), snapshot.since(),
				TaskDescriptor.of(snapshot.total(), null, null), tasks);
	}

	/**
	 * Show one task.
	 * @param task the task
	 * @return the task, or {@code null} if it is not known
	 */
	@ReadOperation
	public @Nullable TaskDescriptor task(@Selector String task) {
		CacheStatistics snapshot = this.statistics.statistics();
		CacheDescription setUp = this.description.get();
		CachePolicy policy = setUp.policies().get(task);
		if (policy == null && !snapshot.tasks().containsKey(task)) {
			return null;
		}
		return TaskDescriptor.of(snapshot.task(task), policy, setUp.reliabilities().get(task));
	}

	/**
	 * Evict the entries that match every criterion.
	 * @param task the task
	 * @param model the model
	 * @param template the template
	 * @param scope the scope
	 * @param tag a tag
	 * @param prompt the exact prompt
	 * @param promptPattern a pattern over the whole prompt, with {@code *} and {@code ?}
	 * @param all {@code true}, without criteria, to evict everything
	 * @return how many entries were removed
	 */
	@DeleteOperation
	public EvictionDescriptor evict(@Nullable String task, @Nullable String model, @Nullable String template,
			@Nullable String scope, @Nullable String tag, @Nullable String prompt, @Nullable String promptPattern,
			@Nullable Boolean all) {
		EvictionSelector selector = selector(task, model, template, scope, tag, prompt, promptPattern);
		boolean everything = Boolean.TRUE.equals(all);
		if (everything != selector.equals(EvictionSelector.all())) {
			throw new InvalidEndpointRequestException("Eviction of all entries must be asked for, and alone",
					everything ? "Give either all=true or criteria, not both" : "Give at least one of task, model, "
							+ "template, scope, tag, prompt and promptPattern, or all=true for everything");
		}
		return new EvictionDescriptor(this.cache.evictNow(selector));
	}

	private static EvictionSelector selector(@Nullable String task, @Nullable String model, @Nullable String template,
			@Nullable String scope, @Nullable String tag, @Nullable String prompt, @Nullable String promptPattern) {
		try {
			return new EvictionSelector(task, model, template, scope, tag, prompt, promptPattern);
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidEndpointRequestException("A criterion cannot be used", String.valueOf(ex.getMessage()),
					ex);
		}
	}

	/**
	 * Evict the entries of one task that match every criterion; without criteria, all of
	 * them.
	 * @param task the task
	 * @param model the model
	 * @param template the template
	 * @param scope the scope
	 * @param tag a tag
	 * @param prompt the exact prompt
	 * @param promptPattern a pattern over the whole prompt, with {@code *} and {@code ?}
	 * @return how many entries were removed
	 */
	@DeleteOperation
	public EvictionDescriptor evictTask(@Selector String task, @Nullable String model, @Nullable String template,
			@Nullable String scope, @Nullable String tag, @Nullable String prompt, @Nullable String promptPattern) {
		return evict(task, model, template, scope, tag, prompt, promptPattern, null);
	}

	/**
	 * Evict as {@link #evict} does, with the criteria in the body of the request.
	 * @param task the task
	 * @param model the model
	 * @param template the template
	 * @param scope the scope
	 * @param tag a tag
	 * @param prompt the exact prompt
	 * @param promptPattern a pattern over the whole prompt, with {@code *} and {@code ?}
	 * @param all {@code true}, without criteria, to evict everything
	 * @return how many entries were removed
	 */
	@WriteOperation
	public EvictionDescriptor evictByBody(@Nullable String task, @Nullable String model, @Nullable String template,
			@Nullable String scope, @Nullable String tag, @Nullable String prompt, @Nullable String promptPattern,
			@Nullable Boolean all) {
		return evict(task, model, template, scope, tag, prompt, promptPattern, all);
	}

	/**
	 * Say that an answer was right or wrong.
	 * @param task the task
	 * @param entry id of the entry whose answer was served
	 * @param right whether it was right
	 * @param prompt the prompt that was asked; without it, those count to which this
	 * instance has served the entry lately, and the one it was stored for
	 * @return what has changed
	 */
	@WriteOperation
	public FeedbackDescriptor feedback(@Selector String task, @Selector String entry, boolean right,
			@Nullable String prompt) {
		return FeedbackDescriptor.of(this.cache, task, entry, right, prompt);
	}

	/**
	 * What the endpoint reports.
	 *
	 * @param store what the store is
	 * @param embedder fingerprint of the embedder, or {@code null} if there is none
	 * @param since when counting began
	 * @param total all tasks together
	 * @param tasks by task
	 */
	public record CacheDescriptor(String store, @Nullable String embedder, Instant since, TaskDescriptor total,
			Map<String, TaskDescriptor> tasks) implements OperationResponseBody {

	}

	/**
	 * What an eviction did.
	 *
	 * @param removed number of live entries that were removed
	 */
	public record EvictionDescriptor(long removed) implements OperationResponseBody {

	}

}
