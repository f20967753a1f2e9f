package io.github.llmcache.autoconfigure;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import org.springframework.beans.factory.ListableBeanFactory;

import io.github.llmcache.embedding.TextEmbedder;
import io.github.llmcache.interceptor.DeclaredTask;
import io.github.llmcache.interceptor.InvalidOperationException;
import io.github.llmcache.policy.CachePolicies;
import io.github.llmcache.policy.CachePolicy;
import io.github.llmcache.policy.RequestedPolicy;

/**
 * The tasks that were found in the code. Refuses semantic ones where nothing can embed
 * prompts, and those whose answers would expire before they are refreshed.
 */
final class DeclaredTasks {

	private final ListableBeanFactory beanFactory;

	private final Supplier<LlmCacheProperties> properties;

	private final Map<String, RequestedPolicy> requested = new ConcurrentHashMap<>();

	DeclaredTasks(ListableBeanFactory beanFactory, Supplier<LlmCacheProperties> properties) {
		this.beanFactory = beanFactory;
		this.properties = properties;
	}

	void add(DeclaredTask declared) {
		String task = (declared.task() != null) ? declared.task() : "";
		CachePolicy policy = new PropertyCachePolicies(this.properties.get()).resolve(task, declared.policy());
		Duration refreshAfter = policy.staleness().refreshAfter();
		if (!policy.ttl().isZero() && refreshAfter.compareTo(policy.ttl()) >= 0) {
			throw new InvalidOperationException(declared.method(),
					"has answers that are refreshed after " + refreshAfter + ", which is not below their TTL of "
							+ policy.ttl(),
					"Give a shorter refreshAfter or a longer ttl, in @LlmCached or the property of that name.");
		}
		if (policy.semantic() && !isEmbedderDefined()) {
			throw new InvalidOperationException(declared.method(),
					"asks for semantic matching, but there is no TextEmbedder to embed prompts with",
					"Add the dependency llm-cache-spring-boot-starter, which brings an embedding model, or define a"
							+ " TextEmbedder bean; or set llm-cache.semantic.enabled=false to match the same prompts"
							+ " only.");
		}
		if (declared.task() != null) {
			this.requested.putIfAbsent(task, declared.policy());
		}
	}

	/**
	 * The policies of all tasks that code or properties name.
	 */
	Map<String, CachePolicy> policies(CachePolicies policies) {
		Map<String, CachePolicy> all = new TreeMap<>();
		for (String task : this.properties.get().tasks().keySet()) {
			all.put(task, policies.resolve(task, RequestedPolicy.DEFAULT));
		}
		this.requested.forEach((task, policy) -> all.put(task, policies.resolve(task, policy)));
		return all;
	}

	/**
	 * By definitions only, so that nothing is started.
	 */
	private boolean isEmbedderDefined() {
		return this.beanFactory.getBeanNamesForType(TextEmbedder.class, true, false).length > 0;
	}

}
