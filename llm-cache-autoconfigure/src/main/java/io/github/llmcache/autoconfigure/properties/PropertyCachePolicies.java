package io.github.llmcache.autoconfigure.properties;

import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.autoconfigure.properties.LlmCacheProperties.Semantic;
import io.github.llmcache.autoconfigure.properties.LlmCacheProperties.Task;
import io.github.llmcache.policy.Accuracy.Evidence;
import io.github.llmcache.policy.Accuracy;
import io.github.llmcache.policy.CachePolicies;
import io.github.llmcache.policy.CachePolicy;
import io.github.llmcache.policy.RequestedPolicy;

/**
 * The operator's word for a task first, then the code's, then the default.
 */
public final class PropertyCachePolicies implements CachePolicies {

	/** Few enough to cost little, and enough to notice an exceeded budget within days. */
	private static final double DEFAULT_AUDIT_RATE = 0.01;

	private final LlmCacheProperties properties;

	private final CachePolicy defaults;

	/** Of the tasks that have properties of their own. */
	private final Map<String, Accuracy> accuracies = new HashMap<>();

	/**
	 * Resolve by properties.
	 * @param properties the operator's word
	 */
	public PropertyCachePolicies(LlmCacheProperties properties) {
		this.properties = properties;
		Semantic semantic = properties.semantic();
		this.defaults = CachePolicy.DEFAULT.mutate()
			.ttl(properties.ttl())
			.minSimilarity(semantic.minSimilarity())
			.maxCandidates(semantic.maxCandidates())
			.maxPayload(properties.maxPayload().toBytes())
			.accuracy(accuracy(semantic, null))
			.refreshAfter(properties.refreshAfter())
			.staleIfError(properties.staleIfError())
			.staleOn(properties.staleOn())
			.shareAfterScopes(properties.shareAfterScopes())
			.build();
		properties.tasks().forEach((name, task) -> this.accuracies.put(name, accuracy(semantic, task)));
	}

	@Override
	public CachePolicy resolve(String task, RequestedPolicy requested) {
		CachePolicy.Builder policy = this.defaults.mutate();
		requested.customize(policy);
		Task operator = this.properties.tasks().get(task);
		if (operator != null) {
			operator.customize(policy);
			policy.accuracy(this.accuracies.get(task));
		}
		if (!this.properties.semantic().enabled()) {
			policy.semantic(false);
		}
		return policy.build();
	}

	private static Accuracy accuracy(Semantic all, @Nullable Task task) {
		Evidence evidence = (task != null && task.evidence() != null) ? task.evidence() : all.evidence();
		Double minProbability = (task != null) ? task.minProbability() : null;
		Double errorBudget = (task != null) ? task.errorBudget() : null;
		Double auditRate = (task != null && task.auditRate() != null) ? task.auditRate() : all.auditRate();
		if (auditRate == null) {
			auditRate = (evidence == Evidence.AUTO) ? DEFAULT_AUDIT_RATE : 0;
		}
		return new Accuracy(evidence, (minProbability != null) ? minProbability : all.minProbability(),
				(errorBudget != null) ? errorBudget : all.errorBudget(), auditRate);
	}

}
