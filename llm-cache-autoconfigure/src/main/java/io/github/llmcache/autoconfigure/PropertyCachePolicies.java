package io.github.llmcache.autoconfigure;

import org.jspecify.annotations.Nullable;

import org.springframework.util.unit.DataSize;

import io.github.llmcache.autoconfigure.LlmCacheProperties.Semantic;
import io.github.llmcache.autoconfigure.LlmCacheProperties.Task;
import io.github.llmcache.autoconfigure.LlmCacheProperties.Threshold;
import io.github.llmcache.policy.Accuracy;
import io.github.llmcache.policy.Accuracy.Evidence;
import io.github.llmcache.policy.CachePolicies;
import io.github.llmcache.policy.CachePolicy;
import io.github.llmcache.policy.RequestedPolicy;
import io.github.llmcache.policy.Staleness;

/**
 * The operator's word for a task first, then the code's, then the default.
 */
final class PropertyCachePolicies implements CachePolicies {

	/** Few enough to cost little, and enough to notice an exceeded budget within days. */
	private static final double DEFAULT_AUDIT_RATE = 0.01;

	private final LlmCacheProperties properties;

	private final CachePolicy defaults;

	PropertyCachePolicies(LlmCacheProperties properties) {
		this.properties = properties;
		Semantic semantic = properties.semantic();
		this.defaults = new CachePolicy(properties.ttl(), false, semantic.minSimilarity(), semantic.maxCandidates(),
				properties.maxPayload().toBytes(), accuracy(semantic, null),
				new Staleness(properties.refreshAfter(), properties.staleIfError(), properties.staleOn()));
	}

	@Override
	public CachePolicy resolve(String task, RequestedPolicy requested) {
		CachePolicy policy = requested.applyTo(this.defaults);
		Task operator = this.properties.tasks().get(task);
		if (operator != null) {
			policy = new RequestedPolicy(operator.ttl(), operator.semantic(), operator.minSimilarity(),
					operator.refreshAfter(), operator.staleIfError(), operator.staleOn())
				.applyTo(withLimits(policy, operator));
		}
		return (policy.semantic() && !this.properties.semantic().enabled()) ? withoutSemantic(policy) : policy;
	}

	private CachePolicy withLimits(CachePolicy policy, Task operator) {
		DataSize maxPayload = operator.maxPayload();
		return new CachePolicy(policy.ttl(), policy.semantic(), policy.minSimilarity(), policy.maxCandidates(),
				(maxPayload != null) ? maxPayload.toBytes() : policy.maxPayload(),
				accuracy(this.properties.semantic(), operator), policy.staleness());
	}

	private static Accuracy accuracy(Semantic all, @Nullable Task task) {
		Threshold threshold = (task != null && task.threshold() != null) ? task.threshold() : all.threshold();
		Evidence evidence = switch (threshold) {
			case VERIFIER -> Evidence.NONE;
			case CORROBORATED -> Evidence.CORROBORATED;
			case AUTO -> Evidence.TRAFFIC;
		};
		Double errorBudget = (task != null) ? task.errorBudget() : null;
		Double auditRate = (task != null && task.auditRate() != null) ? task.auditRate() : all.auditRate();
		if (auditRate == null) {
			auditRate = (threshold == Threshold.AUTO) ? DEFAULT_AUDIT_RATE : 0;
		}
		return new Accuracy(evidence, (errorBudget != null) ? errorBudget : all.errorBudget(), auditRate);
	}

	private static CachePolicy withoutSemantic(CachePolicy policy) {
		return new CachePolicy(policy.ttl(), false, policy.minSimilarity(), policy.maxCandidates(), policy.maxPayload(),
				policy.accuracy(), policy.staleness());
	}

}
