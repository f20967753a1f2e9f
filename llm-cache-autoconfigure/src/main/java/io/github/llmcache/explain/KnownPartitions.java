package io.github.llmcache.explain;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.key.Argument;
import io.github.llmcache.key.CacheIdentity;
import io.github.llmcache.policy.RequestedPolicy;
import io.github.llmcache.store.CacheStore;
import io.github.llmcache.store.EntryStore;
import io.github.llmcache.store.EvictionSelector;
import io.github.llmcache.store.FeedbackStore;
import io.github.llmcache.store.FeedbackStore.Located;
import io.github.llmcache.store.Partition;

/**
 * Knows the partitions that this instance was called for, the latest 1,000, and those
 * that the store has. Safe for use by many threads; for a partition that is known it
 * takes no lock.
 */
public final class KnownPartitions {

	private static final int MOST = 1_000;

	/** The longest value that is shown, in characters. */
	private static final int LONGEST = 200;

	private final @Nullable EntryStore store;

	private final @Nullable FeedbackStore locator;

	private final Map<Partition, KnownPartition> called = new ConcurrentHashMap<>();

	private final Queue<Partition> oldestFirst = new ConcurrentLinkedQueue<>();

	/**
	 * Create the list, without any calls yet.
	 * @param store where partitions are; asked if it is an {@link EntryStore}
	 */
	public KnownPartitions(CacheStore store) {
		this.store = (store instanceof EntryStore entryStore) ? entryStore : null;
		this.locator = (store instanceof FeedbackStore feedbackStore) ? feedbackStore : null;
	}

	/**
	 * Remember that there was a call.
	 * @param partition its partition
	 * @param identity what the partition is of
	 * @param embedder the embedder's fingerprint, empty if there is none
	 * @param policy what the code asks for
	 */
	public void called(Partition partition, CacheIdentity identity, String embedder, RequestedPolicy policy) {
		if (!this.called.containsKey(partition) && this.called.putIfAbsent(partition,
				new KnownPartition(partition, parts(identity, embedder), policy, true, null)) == null) {
			this.oldestFirst.add(partition);
			if (this.called.size() > MOST) {
				Partition oldest = this.oldestFirst.poll();
				if (oldest != null) {
					this.called.remove(oldest);
				}
			}
		}
	}

	/**
	 * Remember where the answers are that a scope shares with others.
	 * @param partition a partition of the scope
	 * @param shared the partition of no scope
	 */
	public void shared(Partition partition, Partition shared) {
		this.called.computeIfPresent(partition,
				(same, known) -> shared.equals(known.shared()) ? known : known.withShared(shared));
	}

	/**
	 * Describe a partition.
	 * @param partition the partition
	 * @return what a call has shown, or else what the store knows
	 */
	public KnownPartition of(Partition partition) {
		KnownPartition known = this.called.get(partition);
		return (known != null) ? known
				: new KnownPartition(partition, parts(partition), RequestedPolicy.DEFAULT, false, null);
	}

	/**
	 * Find partitions: first those that this instance was called for, then others of the
	 * store.
	 * @param selector selects partitions; tags and prompts do not count
	 * @param limit the most that are given; positive
	 * @return the partitions
	 */
	public List<KnownPartition> find(EvictionSelector selector, int limit) {
		List<KnownPartition> found = new ArrayList<>();
		for (Partition partition : this.oldestFirst) {
			KnownPartition known = this.called.get(partition);
			if (known != null && found.size() < limit && selector.matches(partition)) {
				found.add(known);
			}
		}
		if (this.store != null && found.size() < limit) {
			for (Partition partition : this.store.partitions(selector, null, limit)) {
				if (found.size() < limit && !this.called.containsKey(partition)) {
					found.add(of(partition));
				}
			}
		}
		return found;
	}

	/**
	 * Forget partitions.
	 * @param forgotten tells which
	 */
	public void forget(Predicate<Partition> forgotten) {
		this.oldestFirst.removeIf(forgotten);
		this.called.keySet().removeIf(forgotten);
	}

	/**
	 * Find an entry by its id.
	 * @param task its task
	 * @param id the {@linkplain io.github.llmcache.store.CacheKey#digest() digest} of its
	 * key
	 * @return the entry, or {@code null} if it is not there, or if the store does not
	 * find entries by their id
	 */
	public @Nullable KnownEntry entry(String task, String id) {
		Located located = (this.locator != null) ? this.locator.locate(task, id) : null;
		return (located != null) ? new KnownEntry(of(located.key().partition()), located.key(), located.entry()) : null;
	}

	private static Map<String, String> parts(CacheIdentity identity, String embedder) {
		Map<String, String> parts = new LinkedHashMap<>();
		put(parts, "task", identity.task());
		put(parts, "resultType", identity.resultType());
		put(parts, "model", identity.model());
		put(parts, "template", identity.template());
		put(parts, "scope", identity.scope());
		put(parts, "embedder", embedder);
		for (Argument argument : identity.arguments()) {
			put(parts, "argument." + argument.name(), text(argument.value()));
		}
		return parts;
	}

	private static Map<String, String> parts(Partition partition) {
		Map<String, String> parts = new LinkedHashMap<>();
		put(parts, "task", partition.task());
		put(parts, "model", partition.model());
		put(parts, "template", partition.template());
		put(parts, "scope", partition.scope());
		return parts;
	}

	/**
	 * A value that is not simple may be large, or change: only its type is shown.
	 */
	private static String text(@Nullable Object value) {
		return (value == null || value instanceof CharSequence || value instanceof Number || value instanceof Boolean
				|| value instanceof Enum<?>) ? String.valueOf(value) : "a value of " + value.getClass().getName();
	}

	private static void put(Map<String, String> parts, String name, @Nullable String value) {
		if (value != null && !value.isEmpty()) {
			parts.put(name, (value.length() <= LONGEST) ? value : value.substring(0, LONGEST) + "...");
		}
	}

}
