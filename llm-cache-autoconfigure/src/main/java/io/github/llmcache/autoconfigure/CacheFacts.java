package io.github.llmcache.autoconfigure;

import java.util.Map;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.util.ClassUtils;

import io.github.llmcache.actuate.CacheDescription;
import io.github.llmcache.embedding.TextEmbedder;
import io.github.llmcache.event.Reliability;
import io.github.llmcache.event.ReliabilitySource;
import io.github.llmcache.policy.CachePolicy;
import io.github.llmcache.store.CacheStore;
import io.github.llmcache.store.DescribedStore;

/**
 * Describes for operators what is in use.
 */
final class CacheFacts {

	private final ObjectProvider<CacheStore> store;

	private final ObjectProvider<TextEmbedder> embedder;

	private final Supplier<Map<String, CachePolicy>> policies;

	private final ObjectProvider<ReliabilitySource> reliabilities;

	CacheFacts(ObjectProvider<CacheStore> store, ObjectProvider<TextEmbedder> embedder,
			Supplier<Map<String, CachePolicy>> policies, ObjectProvider<ReliabilitySource> reliabilities) {
		this.store = store;
		this.embedder = embedder;
		this.policies = policies;
		this.reliabilities = reliabilities;
	}

	CacheDescription describe() {
		return new CacheDescription(describe(this.store.getObject()), fingerprint(), this.policies.get(),
				reliabilities());
	}

	private Map<String, Reliability> reliabilities() {
		ReliabilitySource source = this.reliabilities.getIfAvailable();
		return (source != null) ? source.reliabilities() : Map.of();
	}

	private static String describe(CacheStore store) {
		return (store instanceof DescribedStore described) ? described.describe()
				: ClassUtils.getShortName(store.getClass());
	}

	/**
	 * A model behind a network may not be there to answer.
	 */
	private @Nullable String fingerprint() {
		TextEmbedder textEmbedder = this.embedder.getIfAvailable();
		try {
			return (textEmbedder != null) ? textEmbedder.fingerprint() : null;
		}
		catch (RuntimeException ex) {
			return "unavailable: " + ex.getClass().getName();
		}
	}

}
