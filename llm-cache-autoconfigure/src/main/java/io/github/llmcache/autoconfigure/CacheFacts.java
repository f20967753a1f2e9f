package io.github.llmcache.autoconfigure;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.util.ClassUtils;

import io.github.llmcache.actuate.CacheDescription;
import io.github.llmcache.core.CachePolicies;
import io.github.llmcache.core.CacheStore;
import io.github.llmcache.core.TextEmbedder;

/**
 * Describes for operators what is in use.
 */
final class CacheFacts {

	private final ObjectProvider<CacheStore> store;

	private final ObjectProvider<TextEmbedder> embedder;

	private final CachePolicies policies;

	private final DeclaredTasks tasks;

	CacheFacts(ObjectProvider<CacheStore> store, ObjectProvider<TextEmbedder> embedder, CachePolicies policies,
			DeclaredTasks tasks) {
		this.store = store;
		this.embedder = embedder;
		this.policies = policies;
		this.tasks = tasks;
	}

	CacheDescription describe() {
		TextEmbedder textEmbedder = this.embedder.getIfAvailable();
		return new CacheDescription(ClassUtils.getShortName(this.store.getObject().getClass()),
				(textEmbedder != null) ? textEmbedder.fingerprint() : null, this.tasks.policies(this.policies));
	}

}
