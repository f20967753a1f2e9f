package io.github.llmcache.core;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * A stored answer. Instances are shared between threads: the arrays are never written to
 * after construction, by nobody.
 *
 * @param prompt the prompt that was answered, normalised
 * @param payload the answer as the {@link PayloadCodec} wrote it
 * @param embedding the prompt's embedding, of length 1; {@code null} if the entry is
 * exact-only, and where a store that found the entry leaves it out
 * @param created when the answer was stored
 * @param ttl how long it may be served from then on; positive
 * @param loadTime how long the method took to compute it
 * @param tags the tags that it can be invalidated by
 */
public record CacheEntry(String prompt, byte[] payload, float @Nullable [] embedding, Instant created, Duration ttl,
		Duration loadTime, Set<String> tags) {

	public CacheEntry {
		if (ttl.isNegative() || ttl.isZero()) {
			throw new IllegalArgumentException("The TTL of an entry must be positive");
		}
		tags = Set.copyOf(tags);
	}

	/**
	 * The first instant at which the entry may no longer be served.
	 * @return {@code created + ttl}
	 */
	public Instant expires() {
		return this.created.plus(this.ttl);
	}

	/**
	 * Whether the entry may no longer be served.
	 * @param now the current time
	 * @return {@code true} from {@link #expires()} on
	 */
	public boolean isExpired(Instant now) {
		return !now.isBefore(expires());
	}

	/**
	 * Sizes and times only: prompt and payload do not appear in log lines.
	 */
	@Override
	public String toString() {
		return "CacheEntry[payload=" + this.payload.length + " bytes, created=" + this.created + ", ttl=" + this.ttl
				+ "]";
	}

}
