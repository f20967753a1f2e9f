package io.github.llmcache.store.redis;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.platform.Sha256;
import io.github.llmcache.store.EvictionSelector;
import io.github.llmcache.store.Partition;

/**
 * A partition as the registry knows it: the scope, which may be personal data, as a
 * digest.
 */
record RegisteredPartition(String task, String id, @Nullable String model, @Nullable String template,
		@Nullable String scopeDigest) {

	private static final String DIGEST = "sha256:";

	static RegisteredPartition of(Partition partition) {
		return new RegisteredPartition(partition.task(), partition.id(), partition.model(), partition.template(),
				digest(partition.scope()));
	}

	/**
	 * Read what {@link #encode} wrote.
	 * @throws IllegalArgumentException if something else was written
	 */
	static RegisteredPartition decode(String task, String text) {
		String[] parts = text.split(",", -1);
		RegisteredPartition partition = (parts.length == 4) ? new RegisteredPartition(task,
				URLDecoder.decode(parts[0], StandardCharsets.UTF_8), value(parts[1]), value(parts[2]), value(parts[3]))
				: null;
		if (partition == null || !Arrays.equals(partition.encode(), RedisKeys.bytes(text))) {
			throw new IllegalArgumentException("The registry has a partition that cannot be read");
		}
		return partition;
	}

	/**
	 * Id, model, template and digest of the scope; what is there begins with an equals
	 * sign.
	 */
	byte[] encode() {
		return RedisKeys.bytes(RedisKeys.encode(this.id) + ',' + text(this.model) + ',' + text(this.template) + ','
				+ text(this.scopeDigest));
	}

	/**
	 * Check that an eviction by model or template will find the partition.
	 * @throws IllegalArgumentException if one of them is a digest
	 */
	void requireTexts() {
		if ((this.model != null && this.model.startsWith(DIGEST))
				|| (this.template != null && this.template.startsWith(DIGEST))) {
			throw new IllegalArgumentException(
					"only the digest of its model or template is known: the instance that exported it has forgotten the text");
		}
	}

	boolean matches(EvictionSelector selector) {
		return matches(selector.model(), this.model) && matches(selector.template(), this.template)
				&& (selector.scope() == null || Objects.equals(digest(selector.scope()), this.scopeDigest));
	}

	/**
	 * The partition as far as it is known: enough for its keys.
	 */
	Partition partition() {
		return new Partition(this.id, this.task, this.model, this.template,
				(this.scopeDigest != null) ? DIGEST + this.scopeDigest : null);
	}

	private static boolean matches(@Nullable String criterion, @Nullable String value) {
		return criterion == null || criterion.equals(value);
	}

	private static String text(@Nullable String value) {
		return (value != null) ? '=' + RedisKeys.encode(value) : "";
	}

	private static @Nullable String value(String text) {
		return text.isEmpty() ? null : URLDecoder.decode(text.substring(1), StandardCharsets.UTF_8);
	}

	static @Nullable String digest(@Nullable String scope) {
		if (scope == null) {
			return null;
		}
		return scope.startsWith(DIGEST) ? scope.substring(DIGEST.length()) : Sha256.hex(scope);
	}

}
