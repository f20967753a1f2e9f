package io.github.llmcache.entries;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.store.CacheStore;
import io.github.llmcache.store.EntryPage;
import io.github.llmcache.store.EntryPage.KeptEntry;
import io.github.llmcache.store.EntryStore;
import io.github.llmcache.store.EvictionSelector;
import io.github.llmcache.store.FeedbackStore;
import io.github.llmcache.store.FeedbackStore.Located;
import io.github.llmcache.store.Partition;

/**
 * Lists the entries of a task, partition by partition, and finds and deletes single ones.
 * None of this counts as a use of an entry. Safe for use by many threads.
 */
public final class EntryBrowser {

	/** The most partitions that a page looks at: many of them may have no entry. */
	private static final int MOST_PARTITIONS = 100;

	/**
	 * The partition, the place in it where the next page begins, and a checksum, since
	 * any other text would be a place in the order as well: entries would be left out.
	 */
	private static final Pattern CURSOR = Pattern.compile("(([^:]+)(?::(.+))?):([0-9a-f]{8})");

	private final CacheStore store;

	/**
	 * Create a browser.
	 * @param store where entries live
	 */
	public EntryBrowser(CacheStore store) {
		this.store = store;
	}

	/**
	 * List entries.
	 * @param task their task
	 * @param cursor {@link Page#cursor()} of the page before, or {@code null} to begin.
	 * It stays valid whatever is stored or removed, and across a restart of a store that
	 * keeps its entries
	 * @param limit the most entries on the page; positive
	 * @param embeddings whether entries are wanted with their embeddings
	 * @return the page
	 * @throws IllegalArgumentException if the cursor is not one of this task, or not all
	 * of it
	 * @throws UnsupportedOperationException if the store does not list its entries
	 */
	public Page list(String task, @Nullable String cursor, int limit, boolean embeddings) {
		EntryStore entries = entries();
		EvictionSelector selector = EvictionSelector.task(task);
		List<KeptEntry> found = new ArrayList<>();
		Place place = Place.of(task, cursor);
		List<Partition> next = new ArrayList<>();
		for (int visited = 0; visited < MOST_PARTITIONS && found.size() < limit; visited++) {
			Partition current = place.current();
			if (current == null) {
				if (next.isEmpty()) {
					next.addAll(entries.partitions(selector, place.done(), MOST_PARTITIONS));
				}
				if (next.isEmpty()) {
					return new Page(found, null);
				}
				current = next.remove(0);
			}
			place = read(entries, new Place(place.done(), current, place.position()), limit, embeddings, found);
		}
		return new Page(found, place.cursor(task));
	}

	/**
	 * Read a partition until the page is full, or the partition is read.
	 */
	private static Place read(EntryStore entries, Place place, int limit, boolean embeddings, List<KeptEntry> found) {
		Partition partition = place.required();
		String position = place.position();
		do {
			EntryPage page = entries.entries(partition, position, limit - found.size(), embeddings);
			found.addAll(page.entries());
			position = page.next();
			if (position == null) {
				return new Place(partition.id(), null, null);
			}
		}
		while (found.size() < limit);
		return new Place(place.done(), partition, position);
	}

	/**
	 * Find an entry.
	 * @param task its task
	 * @param id its id
	 * @return the entry, or {@code null} if it is not there
	 * @throws UnsupportedOperationException if the store does not find entries by their
	 * id
	 */
	public @Nullable KeptEntry find(String task, String id) {
		if (!(this.store instanceof FeedbackStore locator)) {
			throw new UnsupportedOperationException("The cache store does not find entries by their id: use the memory"
					+ " store or Redis, or implement FeedbackStore");
		}
		Located located = locator.locate(task, id);
		return (located != null) ? new KeptEntry(located.key(), located.entry()) : null;
	}

	/**
	 * Delete an entry. An answer that is being loaded is stored all the same; to keep
	 * such answers out, evict by prompt.
	 * @param task its task
	 * @param id its id
	 * @return whether it was there
	 */
	public boolean delete(String task, String id) {
		KeptEntry found = find(task, id);
		if (found != null) {
			this.store.remove(found.key());
		}
		return found != null;
	}

	private EntryStore entries() {
		if (!(this.store instanceof EntryStore entries)) {
			throw new UnsupportedOperationException("The cache store does not list its entries: use the memory store or"
					+ " Redis, or implement EntryStore");
		}
		return entries;
	}

	/**
	 * Some entries of a task.
	 *
	 * @param entries the entries; may be fewer than were asked for, although there are
	 * more
	 * @param cursor where the next page begins, or {@code null} if there is none
	 */
	public record Page(List<KeptEntry> entries, @Nullable String cursor) {

		public Page {
			entries = List.copyOf(entries);
		}

	}

	/**
	 * Where a page begins.
	 *
	 * @param done the partition that was read last, if that is known
	 * @param current the partition that is being read
	 * @param position the place in it
	 */
	private record Place(@Nullable String done, @Nullable Partition current, @Nullable String position) {

		static Place of(String task, @Nullable String cursor) {
			if (cursor == null) {
				return new Place(null, null, null);
			}
			Matcher matcher = CURSOR.matcher(cursor);
			if (!matcher.matches() || !matcher.group(4).equals(checksum(task, matcher.group(1)))) {
				throw new IllegalArgumentException("'cursor' is not one that a page of this task ended with. "
						+ "Give all of it, as the page had it, or begin without one");
			}
			String id = matcher.group(2);
			return (matcher.group(3) != null)
					? new Place(id, new Partition(id, task, null, null, null), matcher.group(3))
					: new Place(id, null, null);
		}

		Partition required() {
			if (this.current == null) {
				throw new IllegalStateException("No partition is being read");
			}
			return this.current;
		}

		@Nullable String cursor(String task) {
			String place = (this.current != null) ? this.current.id() + ':' + this.position : this.done;
			return (place != null) ? place + ':' + checksum(task, place) : null;
		}

		private static String checksum(String task, String place) {
			CRC32 checksum = new CRC32();
			checksum.update((task + '\n' + place).getBytes(StandardCharsets.UTF_8));
			return "%08x".formatted(checksum.getValue());
		}

	}

}
