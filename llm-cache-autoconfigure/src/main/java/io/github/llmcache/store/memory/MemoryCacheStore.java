package io.github.llmcache.store.memory;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.RemovalCause;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

import io.github.llmcache.event.CompositeLlmCacheListener;
import io.github.llmcache.event.EvictionEvent.Cause;
import io.github.llmcache.event.LlmCacheListener;
import io.github.llmcache.index.Neighbour;
import io.github.llmcache.index.VectorIndex;
import io.github.llmcache.index.VectorIndexFactory;
import io.github.llmcache.store.Alias;
import io.github.llmcache.store.AliasStore;
import io.github.llmcache.store.CacheEntry;
import io.github.llmcache.store.CacheKey;
import io.github.llmcache.store.Candidate;
import io.github.llmcache.store.EntryPage;
import io.github.llmcache.store.EntryPage.KeptEntry;
import io.github.llmcache.store.ErasableStore;
import io.github.llmcache.store.Erasure;
import io.github.llmcache.store.EvictionSelector;
import io.github.llmcache.store.FeedbackStore;
import io.github.llmcache.store.Partition;
import io.github.llmcache.store.SemanticCacheStore;
import io.github.llmcache.store.SettingsStore;
import io.github.llmcache.store.VoiceStore;

/**
 * Keeps entries on the heap of this JVM, bounded by number and by memory. What is least
 * worth keeping, by Caffeine's W-TinyLFU, goes first.
 * <p>
 * Every entry counts with its estimated memory, but at least with
 * {@code maxBytes / maxEntries}, so that both bounds hold at once. While many threads
 * store at the same time, the bounds may be exceeded for a moment by what is being
 * stored. Model, template and scope are kept as digests, so that their length does not
 * matter; partitions without entries take at most a tenth of the memory on top, and so do
 * aliases, and voices.
 */
public final class MemoryCacheStore
		implements SemanticCacheStore, AliasStore, FeedbackStore, SettingsStore, VoiceStore, ErasableStore {

	/** How often a search is repeated when everything that it found is gone. */
	private static final int MAX_SEARCHES = 3;

	private final OperationTime time;

	private final EvictionCounter evictions;

	private final Cache<CacheKey, CacheEntry> entries;

	private final Partitions partitions;

	private final HeldAliases aliases;

	private final HeldVoices voices;

	private final HeldRefusals refusals = new HeldRefusals();

	private final List<Consumer<Predicate<Partition>>> erasureListeners = new CopyOnWriteArrayList<>();

	private String settings = "";

	/**
	 * Create an empty store.
	 * @param limits how much is kept
	 * @param indexes makes the vector index of a partition
	 * @param clock decides about expiry
	 * @param listener is notified of evictions; what it throws is logged once and
	 * otherwise ignored
	 */
	public MemoryCacheStore(MemoryLimits limits, VectorIndexFactory indexes, Clock clock, LlmCacheListener listener) {
		this.time = new OperationTime(clock);
		this.evictions = new EvictionCounter(CompositeLlmCacheListener.of(listener));
		this.partitions = new Partitions(indexes, limits.maxEmptyPartitions(), limits.quota());
		this.aliases = new HeldAliases(limits.maxAliases());
		this.voices = new HeldVoices(limits.maxVoices(), clock);
		this.entries = Caffeine.newBuilder()
			.maximumWeight(limits.maxBytes())
			.<CacheKey, CacheEntry>weigher(
					(key, entry) -> limits.weightOf(entry, key.partition(), sizeOf(key.partition())))
			.expireAfter(Expiry.<CacheKey, CacheEntry>writing((key, entry) -> remainingTime(entry)))
			.ticker(this.time::nanos)
			.executor(Runnable::run)
			.evictionListener(this::onEviction)
			.build();
	}

	@Override
	public Finding find(CacheKey key) {
		PartitionState state = this.partitions.getOrCreate(key.partition());
		long generation = state.generation();
		Instant now = this.time.now();
		CacheEntry entry = keptEntry(state, key, now);
		return (entry != null) ? new Finding(entry, generation) : new Finding(null, generation, alias(state, key, now));
	}

	private @Nullable Alias alias(PartitionState state, CacheKey key, Instant now) {
		Alias alias = this.aliases.get(state, key);
		return (alias != null && keptEntry(state, new CacheKey(key.partition(), alias.digest()), now) == alias.entry())
				? alias : null;
	}

	@Override
	public void remember(CacheKey wording, Alias alias) {
		PartitionState state = this.partitions.get(wording.partition());
		if (state == null) {
			return;
		}
		synchronized (state) {
			if (!state.entries().containsKey(wording.digest())
					&& state.entries().get(alias.digest()) == alias.entry()) {
				this.aliases.add(new CacheKey(state.partition(), wording.digest()), alias);
			}
		}
	}

	@Override
	public @Nullable CacheEntry peek(CacheKey key) {
		PartitionState state = this.partitions.get(key.partition());
		CacheEntry entry = (state != null) ? state.entries().get(key.digest()) : null;
		return (entry != null && entry.isKept(this.time.now())) ? entry : null;
	}

	@Override
	public List<Partition> partitions(EvictionSelector selector, @Nullable String after, int limit) {
		EvictionSelector digests = Digests.of(selector);
		return this.partitions.all()
			.stream()
			.filter((state) -> !state.isEmpty() && digests.matches(state.partition()))
			.map(PartitionState::partition)
			.filter((partition) -> after == null || partition.id().compareTo(after) > 0)
			.sorted(Comparator.comparing(Partition::id))
			.limit(limit)
			.toList();
	}

	@Override
	public EntryPage entries(Partition partition, @Nullable String after, int limit, boolean embeddings) {
		PartitionState state = this.partitions.get(partition);
		if (state == null) {
			return new EntryPage(List.of(), null);
		}
		Instant now = this.time.now();
		List<Map.Entry<String, KeptEntry>> found = new ArrayList<>();
		state.entries().forEach((digest, entry) -> {
			String position = "%016d-%s".formatted(entry.removal().toEpochMilli(), digest);
			if (entry.isKept(now) && (after == null || position.compareTo(after) > 0)) {
				found.add(Map.entry(position, new KeptEntry(new CacheKey(state.partition(), digest), entry)));
			}
		});
		List<Map.Entry<String, KeptEntry>> page = found.stream()
			.sorted(Map.Entry.comparingByKey())
			.limit(limit)
			.toList();
		return new EntryPage(page.stream().map(Map.Entry::getValue).toList(),
				(found.size() > page.size()) ? page.get(page.size() - 1).getKey() : null);
	}

	@Override
	public boolean put(CacheKey key, CacheEntry entry, long generation) {
		PartitionState state = this.partitions.get(key.partition());
		if (state == null) {
			return false;
		}
		synchronized (state) {
			if (!isCurrent(state, key, generation)) {
				return false;
			}
			state.put(key.digest(), entry);
			this.aliases.remove(key);
			state.index(key.digest(), entry);
			keep(state, key, entry);
		}
		trim(state.usage());
		this.partitions.sweep();
		this.evictions.report();
		return true;
	}

	@Override
	public boolean restore(CacheKey key, CacheEntry entry, long generation, Duration left) {
		Digests.requireKnown(key.partition().scope());
		return put(key, entry, generation);
	}

	@Override
	public boolean regroup(CacheKey key, String group, String newGroup, long generation) {
		PartitionState state = this.partitions.get(key.partition());
		if (state == null) {
			return false;
		}
		synchronized (state) {
			CacheEntry entry = state.entries().get(key.digest());
			if (entry == null || !entry.group().equals(group) || !isCurrent(state, key, generation)) {
				return false;
			}
			CacheEntry regrouped = entry.withGroup(newGroup);
			if (!state.replace(key.digest(), entry, regrouped)) {
				return false;
			}
			keep(state, key, regrouped);
		}
		this.evictions.report();
		return true;
	}

	private boolean isCurrent(PartitionState state, CacheKey key, long generation) {
		return state.generation() == generation && this.partitions.get(key.partition()) == state;
	}

	/**
	 * Have a scope's oldest entries make room for its latest. Called without the monitor
	 * of a partition.
	 */
	private void trim(@Nullable ScopeUsage usage) {
		Map.Entry<CacheKey, CacheEntry> surplus = (usage != null) ? usage.surplus() : null;
		while (usage != null && surplus != null) {
			CacheKey key = surplus.getKey();
			PartitionState state = this.partitions.get(key.partition());
			if (state != null && remove(state, key.digest(), surplus.getValue())) {
				this.evictions.count(key.partition().task(), Cause.QUOTA);
				if (state.isEmpty()) {
					this.partitions.emptied();
				}
			}
			else {
				// counted, and about to be removed, or with a state that was forgotten
				usage.remove(key, surplus.getValue());
			}
			surplus = usage.surplus();
		}
	}

	/**
	 * Let Caffeine decide how long the entry stays. Called with the partition's monitor
	 * held.
	 */
	private void keep(PartitionState state, CacheKey key, CacheEntry entry) {
		CacheKey storedKey = new CacheKey(state.partition(), key.digest());
		this.time.now();
		this.entries.put(storedKey, entry);
		if (state.entries().get(key.digest()) != entry) {
			// there was no room for it, or it was evicted already
			this.entries.asMap().remove(storedKey, entry);
			state.removeFromIndex(key.digest());
		}
	}

	@Override
	public List<Voice> vouch(CacheKey shared, Voice voice, Duration ttl) {
		return this.voices.add(shared, voice, ttl);
	}

	@Override
	public void withdraw(CacheKey shared, Partition partition) {
		this.voices.remove(shared, partition);
	}

	@Override
	public List<Voice> voices(CacheKey shared) {
		return this.voices.of(shared);
	}

	@Override
	public List<Candidate> findSimilar(Partition partition, float[] embedding, int limit, double minSimilarity) {
		PartitionState state = this.partitions.get(partition);
		if (state == null) {
			return List.of();
		}
		List<Candidate> candidates = new ArrayList<>(limit);
		Instant now = this.time.now();
		for (int search = 0; search < MAX_SEARCHES && candidates.isEmpty(); search++) {
			VectorIndex index = state.index();
			if (index == null) {
				break;
			}
			List<Neighbour> neighbours = index.search(embedding, limit, minSimilarity);
			for (Neighbour neighbour : neighbours) {
				CacheKey key = new CacheKey(partition, neighbour.id());
				CacheEntry entry = keptEntry(state, key, now);
				if (entry != null) {
					candidates.add(new Candidate(key, entry, neighbour.similarity()));
				}
				else {
					removeFromIndex(state, key);
				}
			}
			if (neighbours.isEmpty()) {
				break;
			}
		}
		return candidates;
	}

	@Override
	public void remove(CacheKey key) {
		PartitionState state = this.partitions.get(key.partition());
		if (state == null) {
			return;
		}
		synchronized (state) {
			CacheEntry entry = state.entries().get(key.digest());
			if (entry != null) {
				remove(state, key.digest(), entry);
			}
		}
	}

	@Override
	public long evict(EvictionSelector selector) {
		Instant now = this.time.now();
		Predicate<CacheEntry> filter = selector.entryFilter();
		long removed = 0;
		EvictionSelector digests = Digests.of(selector);
		for (PartitionState state : this.partitions.all()) {
			if (digests.matches(state.partition())) {
				state.evict(this.partitions.nextGeneration(), selector.selectsWholePartitions());
				removed += evict(state, filter, now);
				this.partitions.forgetIfEmpty(state);
			}
		}
		this.entries.cleanUp();
		this.evictions.report();
		return removed;
	}

	private long evict(PartitionState state, Predicate<CacheEntry> filter, Instant now) {
		long removed = 0;
		for (Map.Entry<String, CacheEntry> candidate : state.entries().entrySet()) {
			CacheEntry entry = candidate.getValue();
			if (filter.test(entry) && remove(state, candidate.getKey(), entry) && entry.isKept(now)) {
				this.evictions.count(state.partition().task(), Cause.EXPLICIT);
				removed++;
			}
		}
		return removed;
	}

	@Override
	public Erasure erase(String scope) {
		Assert.hasText(scope, "The scope to erase must not be empty");
		Predicate<Partition> erased = Digests.of(EvictionSelector.all().withScope(scope))::matches;
		Erasure erasure = Erasure.repeat(() -> eraseOnce(erased));
		this.erasureListeners.forEach((listener) -> listener.accept((partition) -> erased.test(Digests.of(partition))));
		this.entries.cleanUp();
		this.evictions.report();
		return erasure;
	}

	/**
	 * Erase, and look again: what is still in use comes back.
	 */
	private Erasure eraseOnce(Predicate<Partition> erased) {
		Instant now = this.time.now();
		long forgotten = 0;
		long removed = 0;
		for (PartitionState state : this.partitions.all()) {
			if (erased.test(state.partition())) {
				state.evict(this.partitions.nextGeneration(), true);
				removed += state.entries().size();
				evict(state, (entry) -> true, now);
				this.partitions.forgetIfEmpty(state);
				forgotten++;
			}
		}
		long aliased = this.aliases.erase(erased);
		long refused = this.refusals.erase(erased);
		long vouched = this.voices.count(erased);
		this.voices.erase(erased).forEach(this::remove);
		long left = this.partitions.all()
			.stream()
			.filter((state) -> erased.test(state.partition()))
			.mapToLong((state) -> state.entries().size())
			.sum() + this.aliases.count(erased) + this.refusals.count(erased) + this.voices.count(erased);
		return new Erasure(forgotten, removed, aliased, refused, vouched, 0, left);
	}

	@Override
	public void onErasure(Consumer<Predicate<Partition>> listener) {
		this.erasureListeners.add(listener);
	}

	private boolean remove(PartitionState state, String digest, CacheEntry entry) {
		if (!state.remove(digest, entry)) {
			return false;
		}
		CacheKey key = new CacheKey(state.partition(), digest);
		this.entries.asMap().remove(key, entry);
		removeFromIndex(state, key);
		return true;
	}

	@Override
	public Map<String, StoreUsage> usage() {
		this.time.now();
		this.entries.cleanUp();
		this.partitions.sweep();
		this.evictions.report();
		Map<String, StoreUsage> usage = new HashMap<>();
		for (PartitionState state : this.partitions.all()) {
			if (!state.isEmpty()) {
				usage.merge(state.partition().task(),
						new StoreUsage(state.entries().size(), state.bytes() + MemoryLimits.bytesOf(state.partition())),
						(one, other) -> new StoreUsage(one.entries() + other.entries(), one.bytes() + other.bytes()));
			}
		}
		return usage;
	}

	@Override
	public void refuse(Partition partition, Set<String> newRefusals) {
		this.refusals.add(partition, newRefusals);
	}

	@Override
	public Set<String> refusals(Partition partition) {
		return this.refusals.of(partition);
	}

	@Override
	public @Nullable Located locate(String task, String digest) {
		Instant now = this.time.now();
		return this.partitions.all()
			.stream()
			.filter((state) -> state.partition().task().equals(task))
			.map((state) -> located(new CacheKey(state.partition(), digest), state.entries().get(digest), now))
			.filter(Objects::nonNull)
			.findFirst()
			.orElse(null);
	}

	@Override
	public synchronized String settings() {
		return this.settings;
	}

	@Override
	public synchronized boolean replaceSettings(String expected, String text) {
		boolean replaced = this.settings.equals(expected);
		this.settings = replaced ? text : this.settings;
		return replaced;
	}

	private static @Nullable Located located(CacheKey key, @Nullable CacheEntry entry, Instant now) {
		return (entry != null && entry.isKept(now)) ? new Located(key, entry) : null;
	}

	private int sizeOf(Partition partition) {
		PartitionState state = this.partitions.get(partition);
		return (state != null) ? state.entries().size() : 0;
	}

	private Duration remainingTime(CacheEntry entry) {
		Duration remaining = Duration.between(this.time.now(), entry.removal());
		return remaining.isNegative() ? Duration.ZERO : remaining;
	}

	private @Nullable CacheEntry keptEntry(PartitionState state, CacheKey key, Instant now) {
		CacheEntry entry = state.entries().get(key.digest());
		if (entry == null || !entry.isKept(now)) {
			return null;
		}
		// lets Caffeine know that the entry is of use
		this.entries.getIfPresent(key);
		return entry;
	}

	/**
	 * Unless the same prompt was stored again in the meantime.
	 */
	private void removeFromIndex(PartitionState state, CacheKey key) {
		synchronized (state) {
			CacheEntry entry = state.entries().get(key.digest());
			if (entry == null || !entry.isKept(this.time.now())) {
				state.removeFromIndex(key.digest());
			}
		}
	}

	/**
	 * Called by Caffeine under locks of its own, so that it must not take the monitor of
	 * a partition.
	 */
	private void onEviction(@Nullable CacheKey key, @Nullable CacheEntry entry, RemovalCause cause) {
		if (key == null || entry == null) {
			return;
		}
		PartitionState state = this.partitions.get(key.partition());
		if (state != null && state.remove(key.digest(), entry)) {
			state.removeFromIndex(key.digest());
			if (state.isEmpty()) {
				this.partitions.emptied();
			}
			this.evictions.count(key.partition().task(),
					(cause == RemovalCause.EXPIRED) ? Cause.EXPIRED : Cause.CAPACITY);
		}
	}

}
