package io.github.llmcache.store.redis;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.encryption.SealedValueException;
import io.github.llmcache.store.EvictionSelector;
import io.github.llmcache.store.Partition;

/**
 * A partition as the registry knows it: the scope, which may be personal data, as a
 * digest.
 */
record RegisteredPartition(String task, String id, @Nullable String model, @Nullable String template,
		@Nullable String scopeDigest, Sealing sealing) {

	private static final String DIGEST = "sha256:";

	static RegisteredPartition of(Partition partition, Sealing sealing) {
		return new RegisteredPartition(partition.task(), partition.id(), partition.model(), partition.template(),
				sealing.scopeDigest(partition.scope()), sealing);
	}

	/**
	 * Read what {@link #encode} wrote.
	 * @throws IllegalArgumentException if something else was written
	 */
	static RegisteredPartition decode(String task, String text, Sealing sealing) {
		String[] parts = text.split(",", -1);
		if (parts.length != 4) {
			throw unreadable(null);
		}
		try {
			String id = URLDecoder.decode(parts[0], StandardCharsets.UTF_8);
			RegisteredPartition partition = new RegisteredPartition(task, id, open(parts[1], id + ":model", sealing),
					open(parts[2], id + ":template", sealing), value(parts[3]), sealing);
			if (Arrays.equals(partition.encode(), RedisKeys.bytes(text))) {
				return partition;
			}
		}
		catch (SealedValueException ex) {
			throw unreadable(ex);
		}
		throw unreadable(null);
	}

	private static IllegalArgumentException unreadable(@Nullable Exception cause) {
		return new IllegalArgumentException("The registry has a partition that cannot be read", cause);
	}

	/**
	 * Id, model, template and digest of the scope; what is there begins with an equals
	 * sign.
	 */
	byte[] encode() {
		return RedisKeys.bytes(RedisKeys.encode(this.id) + ',' + text(seal(this.model, ":model")) + ','
				+ text(seal(this.template, ":template")) + ',' + text(this.scopeDigest));
	}

	private @Nullable String seal(@Nullable String value, String part) {
		return (value != null) ? this.sealing.sealTextRepeatably(value, this.id + part) : null;
	}

	private static @Nullable String open(String text, String context, Sealing sealing) {
		String value = value(text);
		return (value != null) ? sealing.openText(value, context) : null;
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
				&& (selector.scope() == null
						|| Objects.equals(this.sealing.scopeDigest(selector.scope()), this.scopeDigest));
	}

	/**
	 * The partition as far as it is known: enough for its keys.
	 */
	Partition partition() {
		return new Partition(this.id, this.task, this.model, this.template, this.sealing.scope(this.scopeDigest));
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

}
