package io.github.llmcache.store.memory;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.platform.Sha256;
import io.github.llmcache.store.EvictionSelector;
import io.github.llmcache.store.Partition;

/**
 * Replaces texts that are only compared by digests, so that their length does not matter.
 */
final class Digests {

	/** Begins each digest, so that a digest is not replaced again. */
	private static final String PREFIX = "sha256:";

	/** What a store that encrypts gives in place of a scope. */
	private static final String KEYED = "hmac:";

	private Digests() {
	}

	static Partition of(Partition partition) {
		return new Partition(partition.id(), partition.task(), digest(partition.model()), digest(partition.template()),
				digest(partition.scope()));
	}

	static EvictionSelector of(EvictionSelector selector) {
		return selector.withModel(digest(selector.model()))
			.withTemplate(digest(selector.template()))
			.withScope(digest(selector.scope()));
	}

	/**
	 * Check that an eviction by scope will find a partition.
	 * @throws IllegalArgumentException if its scope is a digest that was made with a key
	 */
	static void requireKnown(@Nullable String scope) {
		if (scope != null && scope.startsWith(KEYED)) {
			throw new IllegalArgumentException("the scope is known as a digest with a key only");
		}
	}

	private static @Nullable String digest(@Nullable String text) {
		return (text == null || text.startsWith(PREFIX)) ? text : PREFIX + Sha256.hex(text);
	}

}
