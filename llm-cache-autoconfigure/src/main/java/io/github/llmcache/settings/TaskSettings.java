package io.github.llmcache.settings;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.policy.Accuracy;
import io.github.llmcache.policy.CachePolicy;

/**
 * Settings of one task. What is {@code null} is not set.
 *
 * @param ttl how long an answer may be served after it was stored; zero disables caching
 * of the task
 * @param semantic whether other wordings of a prompt are matched
 * @param minSimilarity lowest cosine similarity of a candidate, between 0 and 1
 * @param minProbability lowest probability that two prompts ask for the same thing, at
 * which the paraphrase model outweighs a refusal by the verifier; between 0 and 1
 * @param errorBudget highest share of wrong answers among the semantic hits, above 0 and
 * below 1
 */
public record TaskSettings(@Nullable Duration ttl, @Nullable Boolean semantic, @Nullable Double minSimilarity,
		@Nullable Double minProbability, @Nullable Double errorBudget) {

	/** Nothing is set. */
	public static final TaskSettings NONE = new TaskSettings(null, null, null, null, null);

	/**
	 * The settings of a policy.
	 * @param policy the policy
	 * @return all settings
	 */
	public static TaskSettings of(CachePolicy policy) {
		return new TaskSettings(policy.ttl(), policy.semantic(), policy.minSimilarity(),
				policy.accuracy().minProbability(), policy.accuracy().errorBudget());
	}

	/**
	 * The value of a setting.
	 * @param setting the setting
	 * @return its value, or {@code null} if it is not set
	 */
	public @Nullable Object get(Setting setting) {
		return switch (setting) {
			case TTL -> this.ttl;
			case SEMANTIC -> this.semantic;
			case MIN_SIMILARITY -> this.minSimilarity;
			case MIN_PROBABILITY -> this.minProbability;
			case ERROR_BUDGET -> this.errorBudget;
		};
	}

	/**
	 * Change a setting.
	 * @param setting the setting
	 * @param value its value, of the type that it has in this record, or {@code null}
	 * @return the changed settings
	 */
	TaskSettings with(Setting setting, @Nullable Object value) {
		return new TaskSettings((setting == Setting.TTL) ? (Duration) value : this.ttl,
				(setting == Setting.SEMANTIC) ? (Boolean) value : this.semantic,
				(setting == Setting.MIN_SIMILARITY) ? (Double) value : this.minSimilarity,
				(setting == Setting.MIN_PROBABILITY) ? (Double) value : this.minProbability,
				(setting == Setting.ERROR_BUDGET) ? (Double) value : this.errorBudget);
	}

	/**
	 * Change all settings that others set.
	 * @param changes the others
	 * @return the changed settings
	 */
	public TaskSettings with(TaskSettings changes) {
		TaskSettings changed = this;
		for (Setting setting : Setting.values()) {
			Object value = changes.get(setting);
			changed = (value != null) ? changed.with(setting, value) : changed;
		}
		return changed;
	}

	/**
	 * Take a setting back.
	 * @param setting the setting
	 * @return the settings without it
	 */
	public TaskSettings without(Setting setting) {
		return with(setting, null);
	}

	CachePolicy applyTo(CachePolicy policy) {
		Accuracy accuracy = policy.accuracy();
		return policy.mutate()
			.ttl(this.ttl)
			.semantic(this.semantic)
			.minSimilarity(this.minSimilarity)
			.accuracy(new Accuracy(accuracy.evidence(),
					(this.minProbability != null) ? this.minProbability : accuracy.minProbability(),
					(this.errorBudget != null) ? this.errorBudget : accuracy.errorBudget(), accuracy.auditRate()))
			.build();
	}

}
