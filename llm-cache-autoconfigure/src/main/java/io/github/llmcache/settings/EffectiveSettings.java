package io.github.llmcache.settings;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

import io.github.llmcache.policy.Accuracy;
import io.github.llmcache.policy.Accuracy.Evidence;
import io.github.llmcache.policy.CachePolicies;
import io.github.llmcache.policy.CachePolicy;
import io.github.llmcache.policy.RequestedPolicy;

/**
 * Finds out what applies to a task, and who decided it. Whether a value is a property's
 * or an annotation's is found out by asking for another one.
 */
public final class EffectiveSettings {

	private static final TaskSettings ONE = new TaskSettings(Duration.ofSeconds(1), true, 0.125, 0.125, 0.125);

	private static final TaskSettings OTHER = new TaskSettings(Duration.ofSeconds(2), false, 0.25, 0.25, 0.25);

	private static final TaskSettings DEFAULT = TaskSettings.of(CachePolicy.DEFAULT);

	private final CachePolicies policies;

	private final LiveSettings live;

	/**
	 * Create the settings that are in effect.
	 * @param policies what annotations and properties say
	 * @param live the live settings
	 */
	public EffectiveSettings(CachePolicies policies, LiveSettings live) {
		this.policies = policies;
		this.live = live;
	}

	/**
	 * What applies to a task.
	 * @param task the task
	 * @param requested what its annotation asks for
	 * @return all settings
	 */
	public Map<Setting, Effective> of(String task, RequestedPolicy requested) {
		TaskSettings set = this.live.of(task);
		TaskSettings configured = TaskSettings.of(this.policies.resolve(task, requested));
		TaskSettings applied = TaskSettings.of(this.live.over(this.policies).resolve(task, requested));
		TaskSettings askedForOne = TaskSettings.of(this.policies.resolve(task, requested.andThen(asking(ONE))));
		TaskSettings askedForOther = TaskSettings.of(this.policies.resolve(task, requested.andThen(asking(OTHER))));
		TaskSettings annotatedOne = TaskSettings.of(requested.applyTo(ONE.applyTo(CachePolicy.DEFAULT)));
		TaskSettings annotatedOther = TaskSettings.of(requested.applyTo(OTHER.applyTo(CachePolicy.DEFAULT)));
		Map<Setting, Effective> effective = new EnumMap<>(Setting.class);
		for (Setting setting : Setting.values()) {
			boolean isDefault = Objects.equals(configured.get(setting), DEFAULT.get(setting));
			boolean fixed = isSame(setting, askedForOne, askedForOther) && !(isDefault && isOfAllTasks(setting));
			Origin origin = fixed ? Origin.PROPERTY : isSame(setting, annotatedOne, annotatedOther) ? Origin.ANNOTATION
					: isDefault ? Origin.DEFAULT : Origin.PROPERTY;
			Object value = Objects.requireNonNull(applied.get(setting));
			effective.put(setting, new Effective(value, (set.get(setting) != null) ? Origin.LIVE : origin));
		}
		return effective;
	}

	private static RequestedPolicy asking(TaskSettings settings) {
		Double minProbability = Objects.requireNonNull(settings.minProbability());
		Double errorBudget = Objects.requireNonNull(settings.errorBudget());
		return (policy) -> policy.ttl(settings.ttl())
			.semantic(settings.semantic())
			.minSimilarity(settings.minSimilarity())
			.accuracy(new Accuracy(Evidence.CORROBORATED, minProbability, errorBudget, 0));
	}

	/**
	 * Whether a task with properties of its own inherits a setting from those of all
	 * tasks.
	 */
	private static boolean isOfAllTasks(Setting setting) {
		return setting == Setting.MIN_PROBABILITY || setting == Setting.ERROR_BUDGET;
	}

	private static boolean isSame(Setting setting, TaskSettings one, TaskSettings other) {
		Object value = one.get(setting);
		return Objects.equals(value, other.get(setting));
	}

	/**
	 * A value, and who decided it.
	 *
	 * @param value the value
	 * @param origin who decided it
	 */
	public record Effective(Object value, Origin origin) {

	}

	/**
	 * Who decides about a setting.
	 */
	public enum Origin {

		/** Nobody. */
		DEFAULT,

		/** A property, of the task or of all tasks. */
		PROPERTY,

		/** The code: an annotation, or a bean that resolves policies. */
		ANNOTATION,

		/** An operator, while the application runs. */
		LIVE

	}

}
