package io.github.llmcache.store.memory;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.store.EvictionSelector;
import io.github.llmcache.store.Partition;

/**
 * Digests in the place of what is only compared, so that its length does not count.
 */
final class Digests {

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
		if (text == null) {
			return null;
		}
		try {
			byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_16BE));
			return HexFormat.of().formatHex(digest);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-256", ex);
		}
	}

}
