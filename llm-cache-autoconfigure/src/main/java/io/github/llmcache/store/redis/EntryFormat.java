package io.github.llmcache.store.redis;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.answer.TokenUsage;
import io.github.llmcache.encryption.SealedValueException;
import io.github.llmcache.store.CacheEntry;
import io.github.llmcache.store.CacheKey;

/**
 * How an entry is written: prompt and payload as they are (the payload compressed, if it
 * is large), or else encrypted; the group in a field of its own, which may change, the
 * rest as one line of metadata.
 */
final class EntryFormat {

	private final @Nullable Long compressAbove;

	private final long maxUnpacked;

	private final Sealing sealing;

	/**
	 * Create the format.
	 * @param compressAbove payloads of more bytes are compressed; {@code null} for none
	 * @param maxUnpacked payloads of more bytes are neither compressed nor unpacked
	 */
	EntryFormat(@Nullable Long compressAbove, long maxUnpacked, Sealing sealing) {
		this.sealing = sealing;
		this.compressAbove = compressAbove;
		this.maxUnpacked = maxUnpacked;
	}

	Stored encode(CacheKey key, CacheEntry entry) {
		byte[] payload = entry.payload();
		StringBuilder metadata = new StringBuilder().append("created=")
			.append(entry.created().toEpochMilli())
			.append("&ttl=")
			.append(ttlMillis(entry));
		long retention = entry.retention().toMillis();
		if (retention > 0) {
			// scripts read it, too
			metadata.append("&retention=").append(retention);
		}
		metadata.append("&load=").append(entry.loadTime().toNanos());
		TokenUsage usage = entry.usage();
		if (usage != null) {
			metadata.append("&tokens=")
				.append(usage.inputTokens())
				.append(usage.estimated() ? '~' : '+')
				.append(usage.outputTokens());
		}
		if (!entry.tags().isEmpty()) {
			String tags = entry.tags().stream().sorted().map(RedisKeys::encode).collect(Collectors.joining(","));
			metadata.append("&tags=").append(this.sealing.sealText(tags, Sealing.context(key, "tags")));
		}
		if (this.compressAbove != null && payload.length > this.compressAbove && payload.length <= this.maxUnpacked) {
			metadata.append("&gzip=").append(payload.length);
			payload = compress(payload);
		}
		float[] embedding = entry.embedding();
		return new Stored(this.sealing.seal(RedisKeys.bytes(entry.prompt()), Sealing.context(key, "prompt")),
				this.sealing.seal(payload, Sealing.context(key, "payload")), RedisKeys.bytes(metadata.toString()),
				group(key, entry.group()), (embedding != null) ? bytes(embedding) : new byte[0]);
	}

	/**
	 * A group as it is stored, where scripts compare it.
	 */
	byte[] group(CacheKey key, String group) {
		return this.sealing.sealRepeatably(RedisKeys.bytes(group), Sealing.context(key, "group"));
	}

	/**
	 * An embedding as it is stored within its entry.
	 */
	byte[] sealEmbedding(CacheKey key, byte[] embedding) {
		return this.sealing.seal(embedding, Sealing.context(key, "embedding"));
	}

	/**
	 * An embedding that was stored within its entry.
	 * @return {@code null} if it cannot be read
	 */
	byte @Nullable [] openEmbedding(CacheKey key, byte[] stored) {
		try {
			return this.sealing.open(stored, Sealing.context(key, "embedding"));
		}
		catch (SealedValueException ex) {
			return null;
		}
	}

	/** The size of a stored embedding that has so many bytes. */
	int embeddingSize(int bytes) {
		return this.sealing.size(bytes);
	}

	/**
	 * Read an entry, without its embedding.
	 * @param group its group; if {@code null}, as in entries of earlier versions, the
	 * group of all answers that are equal to its own
	 * @throws IllegalArgumentException if it was not written by this class
	 * @throws SealedValueException if it cannot be decrypted
	 */
	CacheEntry decode(CacheKey key, byte[] prompt, byte[] payload, byte[] metadata, byte @Nullable [] group) {
		Map<String, String> values = parse(metadata);
		String size = values.get("gzip");
		byte[] opened = this.sealing.open(payload, key, "payload");
		String stored = (group != null) ? new String(this.sealing.open(group, key, "group"), StandardCharsets.US_ASCII)
				: "";
		return entry(key, prompt, (size != null) ? decompress(opened, Long.parseLong(size)) : opened,
				CacheEntry.isGroup(stored) ? stored : null, values);
	}

	/**
	 * Read an entry, without its embedding and its payload.
	 * @throws IllegalArgumentException if it was not written by this class
	 */
	CacheEntry decodeWithoutPayload(CacheKey key, byte[] prompt, byte[] metadata) {
		return entry(key, prompt, new byte[0], null, parse(metadata));
	}

	/**
	 * A group that is known spares the digest of the payload.
	 */
	private CacheEntry entry(CacheKey key, byte[] prompt, byte[] payload, @Nullable String group,
			Map<String, String> values) {
		String text = new String(this.sealing.open(prompt, key, "prompt"), StandardCharsets.UTF_8);
		Instant created = Instant.ofEpochMilli(number(values, "created"));
		Duration ttl = Duration.ofMillis(number(values, "ttl"));
		Duration retention = Duration.ofMillis(Long.parseLong(values.getOrDefault("retention", "0")));
		Duration load = Duration.ofNanos(number(values, "load"));
		String sealedTags = values.get("tags");
		Set<String> tags = (sealedTags != null) ? tags(this.sealing.openText(sealedTags, Sealing.context(key, "tags")))
				: Set.of();
		TokenUsage usage = usage(values.get("tokens"));
		CacheEntry entry = (group != null)
				? new CacheEntry(text, payload, group, null, created, ttl, retention, load, tags, usage)
				: new CacheEntry(text, payload, null, created, ttl, retention, load, tags).withUsage(usage);
		checkTimes(entry);
		return entry;
	}

	/**
	 * Times out of range would fail the call later.
	 */
	private static void checkTimes(CacheEntry entry) {
		try {
			entry.removal();
		}
		catch (DateTimeException | ArithmeticException ex) {
			throw new IllegalArgumentException("The times of a stored entry are out of range", ex);
		}
	}

	/**
	 * TTL and retention in milliseconds, the server's unit; at least one.
	 */
	static long lifetimeMillis(CacheEntry entry) {
		return ttlMillis(entry) + entry.retention().toMillis();
	}

	private static long ttlMillis(CacheEntry entry) {
		return Math.max(1, entry.ttl().toMillis());
	}

	/**
	 * A vector as vector sets take it: 32-bit floating point numbers, little-endian.
	 */
	static byte[] bytes(float[] vector) {
		ByteBuffer buffer = ByteBuffer.allocate(Float.BYTES * vector.length).order(ByteOrder.LITTLE_ENDIAN);
		buffer.asFloatBuffer().put(vector);
		return buffer.array();
	}

	static float[] vector(byte[] bytes) {
		float[] vector = new float[bytes.length / Float.BYTES];
		ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(vector);
		return vector;
	}

	private static Map<String, String> parse(byte[] metadata) {
		Map<String, String> values = new HashMap<>();
		for (String part : new String(metadata, StandardCharsets.UTF_8).split("&")) {
			int separator = part.indexOf('=');
			if (separator < 1) {
				throw new IllegalArgumentException("The metadata of a stored entry cannot be read");
			}
			values.put(part.substring(0, separator), part.substring(separator + 1));
		}
		return values;
	}

	private static long number(Map<String, String> values, String name) {
		String value = values.get(name);
		if (value == null) {
			throw new IllegalArgumentException("The metadata of a stored entry has no '" + name + "'");
		}
		return Long.parseLong(value);
	}

	/**
	 * Entries of earlier versions have none.
	 */
	private static @Nullable TokenUsage usage(@Nullable String tokens) {
		if (tokens == null) {
			return null;
		}
		int separator = Math.max(tokens.indexOf('~'), tokens.indexOf('+'));
		if (separator < 1) {
			throw new IllegalArgumentException("The tokens of a stored entry cannot be read");
		}
		return new TokenUsage(Long.parseLong(tokens.substring(0, separator)),
				Long.parseLong(tokens.substring(separator + 1)), tokens.charAt(separator) == '~');
	}

	private static Set<String> tags(String tags) {
		return tags.isEmpty() ? Set.of()
				: Stream.of(tags.split(",", -1))
					.map((tag) -> URLDecoder.decode(tag, StandardCharsets.UTF_8))
					.collect(Collectors.toSet());
	}

	private static byte[] compress(byte[] payload) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream(payload.length / 2);
		try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
			gzip.write(payload);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return bytes.toByteArray();
	}

	/**
	 * Reads no more than was written, whatever the bytes expand to.
	 */
	private byte[] decompress(byte[] compressed, long size) {
		if (size > this.maxUnpacked) {
			throw new IllegalArgumentException("A stored payload is larger than any that is compressed");
		}
		try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(compressed))) {
			byte[] payload = gzip.readNBytes((int) size);
			if (payload.length != size || gzip.read() >= 0) {
				throw new IllegalArgumentException("A stored payload does not have the size that it was written with");
			}
			return payload;
		}
		catch (IOException ex) {
			throw new IllegalArgumentException("A stored payload cannot be decompressed", ex);
		}
	}

	/**
	 * An entry as it is stored.
	 */
	record Stored(byte[] prompt, byte[] payload, byte[] metadata, byte[] group, byte[] embedding) {

	}

}
