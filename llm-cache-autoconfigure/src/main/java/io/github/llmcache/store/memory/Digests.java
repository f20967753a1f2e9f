package io.github.llmcache.store.memory;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.platform.Sha256;
import io.github.llmcache.store.EvictionSelector;
import io.github.llmcache.store.Partition;

/**
 * Digests in the place of what is only compared, so that its length does not count.
 */
final class Digests {

	/** What is a digest already stays one. */
	private static final String PREFIX = "sha256:";

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

	private static @Nullable String digest(@Nullable String text) {
		return (text == null || text.startsWith(PREFIX)) ? text : PREFIX + Sha256.hex(text);
	}

}
