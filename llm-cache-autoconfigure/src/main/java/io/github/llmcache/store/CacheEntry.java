package io.github.llmcache.store;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.answer.TokenUsage;
import io.github.llmcache.platform.Sha256;

/**
 * A stored answer. Instances are shared between threads, so nobody may change the arrays
 * after construction.
 *
 * @param prompt the prompt that was answered, normalised
 * @param payload the answer as the {@link io.github.llmcache.codec.PayloadCodec
 * PayloadCodec} wrote it
 * @param group identifies answers that say the same: those of one partition with the same
 * group; 16 hexadecimal digits
 * @param embedding the prompt's embedding, of length 1; {@code null} if the entry is
 * exact-only, and where a store that found the entry leaves it out
 * @param created when the answer was stored
 * @param ttl how long it may be served after that; positive
 * @param retention how long it is kept beyond its TTL, for calls whose method fails; zero
 * if it is not kept, never negative
 * @param loadTime how long the method took to load it
 * @param tags the tags by which it can be evicted
 * @param usage how many tokens the model took for it; {@code null} if that is not known
 */
public record CacheEntry(String prompt, byte[] payload, String group, float @Nullable [] embedding, Instant created,
		Duration ttl, Duration retention, Duration loadTime, Set<String> tags, @Nullable TokenUsage usage) {

	private static final int GROUP_DIGITS = 16;

	private static final Pattern GROUP = Pattern.compile("[0-9a-f]{" + GROUP_DIGITS + "}");

	public CacheEntry {
		if (ttl.isNegative() || ttl.isZero()) {
			throw new IllegalArgumentException("The TTL of an entry must be positive");
		}
		if (retention.isNegative()) {
			throw new IllegalArgumentException("The retention of an entry must not be negative");
		}
		if (!isGroup(group)) {
			throw new IllegalArgumentException("The group of an entry must be 16 hexadecimal digits");
		}
		tags = Set.copyOf(tags);
	}

	/**
	 * Create an entry in the group of the answers that are equal to its own, byte for
	 * byte.
	 * @param prompt the prompt that was answered, normalised
	 * @param payload the answer as the {@link io.github.llmcache.codec.PayloadCodec
	 * PayloadCodec} wrote it
	 * @param embedding the prompt's embedding, of length 1, or {@code null}
	 * @param created when the answer was stored
	 * @param ttl how long it may be served from then on; positive
	 * @param retention how long it is kept beyond its TTL; never negative
	 * @param loadTime how long the method took to load it
	 * @param tags the tags that it can be evicted by
	 */
	public CacheEntry(String prompt, byte[] payload, float @Nullable [] embedding, Instant created, Duration ttl,
			Duration retention, Duration loadTime, Set<String> tags) {
		this(prompt, payload, groupOf(payload), embedding, created, ttl, retention, loadTime, tags, null);
	}

	/**
	 * Create an entry in the group of the answers that are equal to its own, byte for
	 * byte, that is not kept beyond its TTL.
	 * @param prompt the prompt that was answered, normalised
	 * @param payload the answer as the {@link io.github.llmcache.codec.PayloadCodec
	 * PayloadCodec} wrote it
	 * @param embedding the prompt's embedding, of length 1, or {@code null}
	 * @param created when the answer was stored
	 * @param ttl how long it may be served after that; positive
	 * @param loadTime how long the method took to load it
	 * @param tags the tags by which it can be evicted
	 */
	public CacheEntry(String prompt, byte[] payload, float @Nullable [] embedding, Instant created, Duration ttl,
			Duration loadTime, Set<String> tags) {
		this(prompt, payload, embedding, created, ttl, Duration.ZERO, loadTime, tags);
	}

	private static String groupOf(byte[] payload) {
		return Sha256.hex(payload).substring(0, GROUP_DIGITS);
	}

	/**
	 * The group of the answers that are equal to this one, byte for byte. Each entry is
	 * stored in it, and may have joined another one since.
	 * @return a digest of the payload, 16 hexadecimal digits
	 */
	public String groupOfEqualAnswers() {
		return groupOf(this.payload);
	}

	/**
	 * Whether a text may be a group.
	 * @param text the text
	 * @return {@code true} for 16 hexadecimal digits in lower case
	 */
	public static boolean isGroup(String text) {
		return GROUP.matcher(text).matches();
	}

	/**
	 * The same entry in another group.
	 * @param newGroup the group, 16 hexadecimal digits
	 * @return a copy
	 */
	public CacheEntry withGroup(String newGroup) {
		return new CacheEntry(this.prompt, this.payload, newGroup, this.embedding, this.created, this.ttl,
				this.retention, this.loadTime, this.tags, this.usage);
	}

	/**
	 * The same entry with an embedding.
	 * @param newEmbedding of length 1, or {@code null} if it is exact-only
	 * @return a copy
	 */
	public CacheEntry withEmbedding(float @Nullable [] newEmbedding) {
		return new CacheEntry(this.prompt, this.payload, this.group, newEmbedding, this.created, this.ttl,
				this.retention, this.loadTime, this.tags, this.usage);
	}

	/**
	 * The same entry with what it took to load it.
	 * @param newUsage how many tokens the model took; {@code null} if that is not known
	 * @return a copy
	 */
	public CacheEntry withUsage(@Nullable TokenUsage newUsage) {
		return new CacheEntry(this.prompt, this.payload, this.group, this.embedding, this.created, this.ttl,
				this.retention, this.loadTime, this.tags, newUsage);
	}

	/**
	 * The first instant at which the entry may no longer be served as a fresh answer.
	 * @return {@code created + ttl}
	 */
	public Instant expires() {
		return this.created.plus(this.ttl);
	}

	/**
	 * Whether the entry may no longer be served as a fresh answer.
	 * @param now the current time
	 * @return {@code true} from {@link #expires()} on
	 */
	public boolean isExpired(Instant now) {
		return !now.isBefore(expires());
	}

	/**
	 * Whether the entry is kept only for calls whose method fails. Never true for an
	 * entry without a retention: the clock of its store alone decides when that is gone.
	 * @param now the current time
	 * @return {@code true} from {@link #expires()} on if the entry has a retention
	 */
	public boolean isStale(Instant now) {
		return !this.retention.isZero() && isExpired(now);
	}

	/**
	 * The first instant at which a store no longer keeps the entry.
	 * @return {@code created + ttl + retention}; never before {@link #expires()}
	 */
	public Instant removal() {
		return expires().plus(this.retention);
	}

	/**
	 * Whether a store still keeps the entry, expired or not.
	 * @param now the current time
	 * @return {@code true} until {@link #removal()}
	 */
	public boolean isKept(Instant now) {
		return now.isBefore(removal());
	}

	/**
	 * Sizes and times only: prompt and payload do not appear in log lines.
	 */
	@Override
	public String toString() {
		return "CacheEntry[payload=" + this.payload.length + " bytes, created=" + this.created + ", ttl=" + this.ttl
				+ ", retention=" + this.retention + "]";
	}

}
