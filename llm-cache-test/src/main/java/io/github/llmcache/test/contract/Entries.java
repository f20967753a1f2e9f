package io.github.llmcache.test.contract;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.util.DigestUtils;

import io.github.llmcache.store.CacheEntry;
import io.github.llmcache.store.CacheKey;
import io.github.llmcache.store.Partition;

/**
 * Makes partitions, keys and entries to test stores with.
 */
public final class Entries {

	/** How long the entries live that are made here. */
	public static final Duration TTL = Duration.ofMinutes(10);

	/** How long the entries are kept beyond their TTL that are made here to be kept. */
	public static final Duration RETENTION = Duration.ofHours(1);

	private final Clock clock;

	public Entries(Clock clock) {
		this.clock = clock;
	}

	public static Partition partition(String task) {
		return partition(task, null, null, null);
	}

	public static Partition partition(String task, @Nullable String model, @Nullable String template,
			@Nullable String scope) {
		return new Partition(digest(task + "/" + model + "/" + template + "/" + scope), task, model, template, scope);
	}

	public static CacheKey key(Partition partition, String prompt) {
		return new CacheKey(partition, digest(partition.id() + prompt));
	}

	public CacheEntry entry(String prompt) {
		return entry(prompt, "answer to " + prompt);
	}

	public CacheEntry entry(String prompt, String answer) {
		return entry(prompt, answer, null, Set.of());
	}

	public CacheEntry entry(String prompt, float @Nullable [] embedding) {
		return entry(prompt, "answer to " + prompt, embedding, Set.of());
	}

	public CacheEntry entry(String prompt, String answer, float @Nullable [] embedding, Set<String> tags) {
		Instant now = this.clock.instant();
		return new CacheEntry(prompt, answer.getBytes(StandardCharsets.UTF_8), embedding, now, TTL,
				Duration.ofMillis(800), tags);
	}

	/**
	 * An entry that is kept beyond its TTL.
	 */
	public CacheEntry keptEntry(String prompt, float @Nullable [] embedding) {
		CacheEntry entry = entry(prompt, embedding);
		return new CacheEntry(prompt, entry.payload(), embedding, entry.created(), TTL, RETENTION, entry.loadTime(),
				entry.tags());
	}

	/**
	 * The answer that one of these entries holds.
	 */
	public static @Nullable String answer(@Nullable CacheEntry entry) {
		return (entry != null) ? new String(entry.payload(), StandardCharsets.UTF_8) : null;
	}

	/**
	 * A vector of length 1 in the plane: the cosine similarity of two of them is the
	 * cosine of the angle in between.
	 */
	public static float[] vector(double degrees) {
		double radians = Math.toRadians(degrees);
		return new float[] { (float) Math.cos(radians), (float) Math.sin(radians) };
	}

	private static String digest(String text) {
		return DigestUtils.md5DigestAsHex(text.getBytes(StandardCharsets.UTF_8));
	}

}
