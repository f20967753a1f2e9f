package io.github.llmcache.store;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Some entries of a partition.
 *
 * @param entries the entries, in the order in which they will be removed; may be fewer
 * than were asked for, or none, although there are more
 * @param next where the next page begins, or {@code null} if there is none
 */
public record EntryPage(List<KeptEntry> entries, @Nullable String next) {

	public EntryPage {
		entries = List.copyOf(entries);
	}

	/**
	 * An entry that a store keeps.
	 *
	 * @param key its address, as the store knows its partition
	 * @param entry the entry; with its embedding if that was asked for and the store has
	 * it, which may be less precise than the one that was stored
	 */
	public record KeptEntry(CacheKey key, CacheEntry entry) {

	}

}
