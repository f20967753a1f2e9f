package io.github.llmcache.store.memory;

import java.lang.ref.WeakReference;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import org.jspecify.annotations.Nullable;

import io.github.llmcache.store.Alias;
import io.github.llmcache.store.AliasStore;
import io.github.llmcache.store.CacheEntry;
import io.github.llmcache.store.CacheKey;
import io.github.llmcache.store.MatchRecord;
import io.github.llmcache.store.Partition;

/**
 * The aliases of entries, bounded for each entry and in total: what is of least use goes
 * first. An alias refers to its entry weakly and is of use only while that is in its
 * place, so that nothing has to be done here when an entry goes.
 */
final class HeldAliases {

	private final Cache<CacheKey, Held> aliases;

	/** The wordings of each entry, in the order in which they were remembered. */
	private final Cache<CacheEntry, Set<CacheKey>> wordings = Caffeine.newBuilder().weakKeys().build();

	HeldAliases(long most) {
		this.aliases = Caffeine.newBuilder().maximumSize(most).executor(Runnable::run).build();
	}

	/**
	 * Add an alias, or replace it. Called with the partition's monitor held.
	 * @param wording with the partition as it is kept
	 */
	void add(CacheKey wording, Alias alias) {
		Set<CacheKey> all = Objects.requireNonNull(this.wordings.get(alias.entry(), (entry) -> new LinkedHashSet<>()));
		all.remove(wording);
		all.add(wording);
		if (all.size() > AliasStore.MOST_ALIASES) {
			Iterator<CacheKey> oldestFirst = all.iterator();
			this.aliases.invalidate(oldestFirst.next());
			oldestFirst.remove();
		}
		this.aliases.put(wording, new Held(alias.digest(), new WeakReference<>(alias.entry()), alias.similarity(),
				alias.decidedBy(), withScope(alias.matchRecord(), null)));
	}

	/**
	 * The alias of a wording, if its entry has not changed.
	 */
	@Nullable Alias get(PartitionState state, CacheKey wording) {
		Held held = this.aliases.getIfPresent(wording);
		CacheEntry entry = (held != null) ? held.entry().get() : null;
		return (held != null && entry != null && state.entries().get(held.digest()) == entry) ? new Alias(held.digest(),
				entry, held.similarity(), held.decidedBy(), withScope(held.matchRecord(), wording.partition().scope()))
				: null;
	}

	/**
	 * The scope is known by the wording, and may be long.
	 */
	private static @Nullable MatchRecord withScope(@Nullable MatchRecord matchRecord, @Nullable String scope) {
		return (matchRecord != null) ? matchRecord.withScope(scope) : null;
	}

	void remove(CacheKey wording) {
		this.aliases.invalidate(wording);
	}

	/**
	 * Remove all aliases of some partitions.
	 * @return how many there were
	 */
	long erase(Predicate<Partition> erased) {
		long removed = 0;
		for (CacheKey wording : this.aliases.asMap().keySet()) {
			if (erased.test(wording.partition()) && this.aliases.asMap().remove(wording) != null) {
				removed++;
			}
		}
		return removed;
	}

	long count(Predicate<Partition> counted) {
		return this.aliases.asMap().keySet().stream().filter((wording) -> counted.test(wording.partition())).count();
	}

	private record Held(String digest, WeakReference<CacheEntry> entry, double similarity, String decidedBy,
			@Nullable MatchRecord matchRecord) {

	}

}
