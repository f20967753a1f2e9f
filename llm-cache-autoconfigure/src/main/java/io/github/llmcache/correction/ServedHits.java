package io.github.llmcache.correction;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.platform.RecentValues;
import io.github.llmcache.store.CacheKey;
import io.github.llmcache.store.MatchRecord;
import io.github.llmcache.store.Partition;

/**
 * The latest answers that this instance served to other wordings, so that feedback need
 * not say what was asked, and the calibration learns from what was known at that time.
 * Takes two megabytes at most. Safe for use by many threads.
 */
public final class ServedHits {

	private static final int MOST_ENTRIES = 4_096;

	private static final int MOST_PROMPTS = 8;

	private final Map<String, Served> entries = new LinkedHashMap<>(16, 0.75f, true);

	/** Telling courtesies from the rest takes longer than all else that a hit does. */
	private final RecentValues<Wording, String> digests = new RecentValues<>(4096);

	/**
	 * Remember an answer that is served.
	 * @param key where it is stored
	 * @param entryPrompt the prompt that it is stored for, normalised
	 * @param prompt the prompt that was asked, normalised
	 * @param matchRecord what was known, or {@code null}
	 */
	public void add(CacheKey key, String entryPrompt, String prompt, @Nullable MatchRecord matchRecord) {
		String asked = digest(key.partition(), prompt);
		String stored = digest(key.partition(), entryPrompt);
		synchronized (this.entries) {
			Served served = this.entries.computeIfAbsent(key.digest(),
					(digest) -> new Served(key, stored, new LinkedHashMap<>()));
			MatchRecord before = served.prompts.remove(asked);
			served.prompts.put(asked, (matchRecord != null) ? matchRecord : before);
			removeFirst(served.prompts, MOST_PROMPTS);
			removeFirst(this.entries, MOST_ENTRIES);
		}
	}

	private String digest(Partition partition, String prompt) {
		return this.digests.computeIfAbsent(new Wording(partition, prompt),
				(wording) -> Refusals.digest(wording.partition(), wording.prompt()));
	}

	/**
	 * Where an entry was served lately.
	 * @return a copy, or {@code null} if it was not
	 */
	@Nullable Served get(String task, String entryId) {
		synchronized (this.entries) {
			Served served = this.entries.get(entryId);
			return (served == null || !served.key.partition().task().equals(task)) ? null
					: new Served(served.key, served.entryPrompt, new LinkedHashMap<>(served.prompts));
		}
	}

	/**
	 * Forget what was known of a hit, so that nobody learns from it twice.
	 */
	void learned(String entryId, String prompt) {
		synchronized (this.entries) {
			Served served = this.entries.get(entryId);
			if (served != null) {
				served.prompts.replace(prompt, null);
			}
		}
	}

	void remove(String entryId) {
		synchronized (this.entries) {
			this.entries.remove(entryId);
		}
	}

	/**
	 * Forget what was served in some partitions.
	 * @param forgotten tells which
	 */
	public void forget(Predicate<Partition> forgotten) {
		synchronized (this.entries) {
			this.entries.values().removeIf((served) -> forgotten.test(served.key.partition()));
		}
	}

	private static void removeFirst(Map<String, ?> map, int most) {
		if (map.size() > most) {
			map.remove(map.keySet().iterator().next());
		}
	}

	/**
	 * All that a digest is computed from.
	 */
	private record Wording(Partition partition, String prompt) {

	}

	/**
	 * An entry that was served.
	 *
	 * @param key where it is stored
	 * @param entryPrompt digest of the prompt that it was stored for
	 * @param prompts digests of those that it was served to, with what was known
	 */
	record Served(CacheKey key, String entryPrompt, Map<String, @Nullable MatchRecord> prompts) {

	}

}
