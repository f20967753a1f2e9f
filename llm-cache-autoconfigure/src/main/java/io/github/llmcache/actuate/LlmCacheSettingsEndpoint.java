package io.github.llmcache.actuate;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
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

import io.github.llmcache.policy.RequestedPolicy;
import io.github.llmcache.settings.EffectiveSettings;
import io.github.llmcache.settings.EffectiveSettings.Effective;
import io.github.llmcache.settings.LiveSettings;
import io.github.llmcache.settings.Setting;
import io.github.llmcache.settings.TaskSettings;

/**
 * {@link Endpoint @Endpoint} that shows the settings of tasks with their origin, and
 * changes them while the application runs, for all instances. Changing them has to be
 * allowed by {@code management.endpoint.llmcachesettings.access=unrestricted}.
 */
@Endpoint(id = "llmcachesettings", defaultAccess = Access.READ_ONLY)
public class LlmCacheSettingsEndpoint {

	private final LiveSettings live;

	private final EffectiveSettings effective;

	private final Supplier<Map<String, RequestedPolicy>> requested;

	/**
	 * Create the endpoint.
	 * @param live the live settings
	 * @param effective finds out what applies
	 * @param requested what the code asks for, by task
	 */
	public LlmCacheSettingsEndpoint(LiveSettings live, EffectiveSettings effective,
			Supplier<Map<String, RequestedPolicy>> requested) {
		this.live = live;
		this.effective = effective;
		this.requested = requested;
	}

	/**
	 * Show the settings of all tasks.
	 * @return tasks that annotations, properties or live settings name
	 */
	@ReadOperation
	public SettingsDescriptor settings() {
		Map<String, RequestedPolicy> tasks = new TreeMap<>(this.requested.get());
		this.live.tasks().keySet().forEach((task) -> tasks.putIfAbsent(task, RequestedPolicy.DEFAULT));
		Map<String, TaskSettingsDescriptor> descriptors = new TreeMap<>();
		tasks.keySet().forEach((task) -> descriptors.put(task, describe(task)));
		return new SettingsDescriptor(descriptors);
	}

	/**
	 * Show the settings of one task.
	 * @param task the task
	 * @return its settings, or {@code null} if it is not known
	 */
	@ReadOperation
	public @Nullable TaskSettingsDescriptor task(@Selector String task) {
		return (this.requested.get().containsKey(task) || this.live.tasks().containsKey(task)) ? describe(task) : null;
	}

	/**
	 * Change settings of a task, until they are taken back.
	 * @param task the task
	 * @param ttl how long an answer may be served, such as {@code 30m}
	 * @param semantic whether other wordings are matched
	 * @param minSimilarity the lowest similarity of a candidate
	 * @param minProbability the lowest probability by the paraphrase model
	 * @param errorBudget the highest share of wrong hits
	 * @return what applies now
	 */
	@WriteOperation
	public TaskSettingsDescriptor change(@Selector String task, @Nullable Duration ttl, @Nullable Boolean semantic,
			@Nullable Double minSimilarity, @Nullable Double minProbability, @Nullable Double errorBudget) {
		TaskSettings changes = new TaskSettings(ttl, semantic, minSimilarity, minProbability, errorBudget);
		if (changes.equals(TaskSettings.NONE)) {
			throw new InvalidEndpointRequestException("No setting",
					"Give at least one of ttl, semantic, minSimilarity, minProbability and errorBudget");
		}
		return update(task, (name) -> this.live.change(name, changes));
	}

	/**
	 * Take live settings of a task back.
	 * @param task the task
	 * @param setting the setting; all of them if it is {@code null}
	 * @return what applies now
	 */
	@DeleteOperation
	public TaskSettingsDescriptor reset(@Selector String task, @Nullable String setting) {
		Setting one = (setting != null) ? Setting.of(setting) : null;
		if (setting != null && one == null) {
			throw new InvalidEndpointRequestException("Unknown setting",
					"Give ttl, semantic, minSimilarity, minProbability or errorBudget as the setting to take back");
		}
		return update(task, (name) -> this.live.reset(name, (one != null) ? Set.of(one) : Set.of()));
	}

	private TaskSettingsDescriptor update(String task, Function<String, TaskSettings> change) {
		try {
			change.apply(task);
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidEndpointRequestException("The setting is not valid", String.valueOf(ex.getMessage()), ex);
		}
		return describe(task);
	}

	private TaskSettingsDescriptor describe(String task) {
		Map<Setting, Effective> settings = this.effective.of(task,
				this.requested.get().getOrDefault(task, RequestedPolicy.DEFAULT));
		return new TaskSettingsDescriptor(describe(settings, Setting.TTL), describe(settings, Setting.SEMANTIC),
				describe(settings, Setting.MIN_SIMILARITY), describe(settings, Setting.MIN_PROBABILITY),
				describe(settings, Setting.ERROR_BUDGET));
	}

	private static SettingDescriptor describe(Map<Setting, Effective> settings, Setting setting) {
		Effective effective = Objects.requireNonNull(settings.get(setting));
		Object value = effective.value();
		return new SettingDescriptor((value instanceof Duration) ? value.toString() : value,
				TaskDescriptor.word(effective.origin()));
	}

	/**
	 * The settings of all tasks.
	 *
	 * @param tasks by task
	 */
	public record SettingsDescriptor(Map<String, TaskSettingsDescriptor> tasks) implements OperationResponseBody {

	}

	/**
	 * The settings of a task, see {@link TaskSettings}.
	 *
	 * @param ttl how long an answer may be served, in the ISO format of durations
	 * @param semantic whether other wordings are matched
	 * @param minSimilarity the lowest similarity of a candidate
	 * @param minProbability the lowest probability by the paraphrase model
	 * @param errorBudget the highest share of wrong hits
	 */
	public record TaskSettingsDescriptor(SettingDescriptor ttl, SettingDescriptor semantic,
			SettingDescriptor minSimilarity, SettingDescriptor minProbability,
			SettingDescriptor errorBudget) implements OperationResponseBody {

	}

	/**
	 * A setting.
	 *
	 * @param value its value
	 * @param origin {@code default}, {@code property}, {@code annotation} or {@code live}
	 */
	public record SettingDescriptor(Object value, String origin) {

	}

}
