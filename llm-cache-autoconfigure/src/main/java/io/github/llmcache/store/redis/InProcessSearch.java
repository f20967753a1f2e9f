package io.github.llmcache.store.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Collectors;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.github.llmcache.index.Neighbour;
import io.github.llmcache.store.CacheEntry;
import io.github.llmcache.store.CacheKey;
import io.github.llmcache.store.Candidate;
import io.github.llmcache.store.Partition;
import io.github.llmcache.store.redis.LocalIndex.Additions;
import io.github.llmcache.store.redis.RedisKeys.PartitionKeys;
import io.github.llmcache.store.redis.RedisScripts.Call;

/**
 * Searches in this JVM. The index of a partition is filled from the server when it is
 * searched for the first time, and follows it from then on: each lookup brings what other
 * instances added. The server decides what is served, since the entries are always read
 * from there.
 * <p>
 * A partition with shards has an index for each. A lookup asks only one shard, so that a
 * search asks all of them for additions first.
 */
final class InProcessSearch implements SimilaritySearch {

	/** How often a search is repeated when everything that it found is gone. */
	private static final int MAX_SEARCHES = 3;

	/** Additions in one reply: with 384 dimensions, about 320 KB. */
	private static final int PAGE = 200;

	/** How long a lookup fills an index before it leaves that to the background. */
	private static final long FILLING_NANOS = Duration.ofMillis(50).toNanos();

	private static final Log logger = LogFactory.getLog(RedisCacheStore.class);

	private final RedisKeys keys;

	private final RedisScripts scripts;

	private final StoredEntries entries;

	private final EntryFormat format;

	private final LocalIndexes indexes;

	private final Executor background;

	InProcessSearch(RedisKeys keys, RedisScripts scripts, StoredEntries entries, EntryFormat format,
			LocalIndexes indexes, Executor background) {
		this.keys = keys;
		this.scripts = scripts;
		this.entries = entries;
		this.format = format;
		this.indexes = indexes;
		this.background = background;
	}

	@Override
	public @Nullable Quantization quantization() {
		return null;
	}

	@Override
	public LocalIndex.@Nullable Position position(PartitionKeys shard) {
		LocalIndex index = this.indexes.get(shard);
		return (index != null && !index.isFull()) ? index.position() : null;
	}

	@Override
	public void lookedUp(PartitionKeys shard, long epoch, @Nullable Additions additions) {
		LocalIndex index = this.indexes.get(shard);
		if (index == null) {
			return;
		}
		if (index.isOutdated(epoch)) {
			this.indexes.drop(shard, index);
		}
		else if (additions != null) {
			apply(shard, index, epoch, additions);
		}
	}

	@Override
	public void stored(PartitionKeys shard, String digest, float @Nullable [] embedding, long sequence) {
		LocalIndex index = this.indexes.get(shard);
		if (index == null) {
			return;
		}
		if (embedding != null) {
			index.add(digest, embedding, sequence);
			this.indexes.grown(shard, index);
		}
		else {
			index.remove(digest, Long.MAX_VALUE);
		}
	}

	@Override
	public List<Candidate> find(Partition partition, float[] embedding, int limit, double minSimilarity) {
		List<PartitionKeys> shards = this.keys.shards(partition);
		if (this.keys.isSharded()) {
			follow(shards);
		}
		Map<PartitionKeys, LocalIndex> searched = new LinkedHashMap<>();
		shards.forEach((shard) -> searched.put(shard, filled(shard, embedding.length)));
		List<Candidate> candidates = new ArrayList<>(limit);
		for (int search = 0; search < MAX_SEARCHES && candidates.isEmpty(); search++) {
			Map<PartitionKeys, List<Neighbour>> nearest = nearest(searched, embedding, limit, minSimilarity);
			if (nearest.isEmpty()) {
				break;
			}
			read(nearest, searched, candidates);
		}
		return SimilaritySearch.nearest(candidates, limit);
	}

	private LocalIndex filled(PartitionKeys shard, int dimensions) {
		LocalIndex index = this.indexes.getOrCreate(shard, dimensions);
		if (!index.isComplete()) {
			fill(shard, index, System.nanoTime() + FILLING_NANOS);
		}
		return index;
	}

	/**
	 * Ask all shards for what was added to their indexes.
	 */
	private void follow(List<PartitionKeys> shards) {
		Map<PartitionKeys, LocalIndex.Position> known = new LinkedHashMap<>();
		for (PartitionKeys shard : shards) {
			LocalIndex.Position position = position(shard);
			if (position != null) {
				known.put(shard, position);
			}
		}
		List<Call> calls = new ArrayList<>();
		known.forEach((shard, position) -> calls.add(additions(shard, position)));
		Iterator<Reply> replies = this.scripts.runAll(Script.ADDITIONS, calls).iterator();
		known.forEach((shard, position) -> {
			Reply reply = replies.next();
			lookedUp(shard, reply.number(0), additions(shard, position, reply));
		});
	}

	private static Map<PartitionKeys, List<Neighbour>> nearest(Map<PartitionKeys, LocalIndex> searched,
			float[] embedding, int limit, double minSimilarity) {
		record Near(PartitionKeys shard, Neighbour neighbour) {
		}
		return searched.entrySet()
			.stream()
			.flatMap((shard) -> shard.getValue()
				.search(embedding, limit, minSimilarity)
				.stream()
				.map((neighbour) -> new Near(shard.getKey(), neighbour)))
			.sorted(Comparator.<Near>comparingDouble((near) -> near.neighbour().similarity()).reversed())
			.limit(limit)
			.collect(Collectors.groupingBy(Near::shard, LinkedHashMap::new,
					Collectors.mapping(Near::neighbour, Collectors.toList())));
	}

	private void read(Map<PartitionKeys, List<Neighbour>> nearest, Map<PartitionKeys, LocalIndex> searched,
			List<Candidate> candidates) {
		List<Call> calls = new ArrayList<>();
		nearest.forEach((shard, neighbours) -> calls
			.add(this.entries.call(shard, neighbours.stream().map(Neighbour::id).toList())));
		Iterator<Reply> replies = this.scripts.runAll(Script.ENTRIES, calls).iterator();
		nearest.forEach((shard, neighbours) -> {
			Reply reply = replies.next();
			Reply found = reply.requiredList(1);
			for (int i = 0; i < neighbours.size(); i++) {
				Neighbour neighbour = neighbours.get(i);
				CacheKey key = new CacheKey(shard.partition(), neighbour.id());
				CacheEntry entry = this.entries.read(key, found.list(i));
				if (entry != null) {
					candidates.add(new Candidate(key, entry, neighbour.similarity()));
				}
				else {
					Objects.requireNonNull(searched.get(shard)).remove(neighbour.id(), reply.number(0));
				}
			}
		});
	}

	/**
	 * Ask for what the index does not have yet, one thread at a time.
	 */
	private void fill(PartitionKeys shard, LocalIndex index, long deadline) {
		if (!index.filling().compareAndSet(false, true)) {
			return;
		}
		try {
			while (!index.isComplete() && System.nanoTime() - deadline < 0) {
				LocalIndex.Position known = index.position();
				Call call = additions(shard, known);
				Reply reply = this.scripts.run(Script.ADDITIONS, call.keys(), call.arguments());
				if (index.isOutdated(reply.number(0))) {
					this.indexes.drop(shard, index);
					return;
				}
				apply(shard, index, reply.number(0), additions(shard, known, reply));
			}
		}
		finally {
			index.filling().set(false);
		}
		if (!index.isComplete()) {
			fillInBackground(shard, index);
		}
	}

	private Call additions(PartitionKeys shard, LocalIndex.Position known) {
		return new Call(List.of(shard.state(), shard.additions()), RedisKeys.bytes(Long.toString(known.sequence())),
				RedisKeys.bytes(Integer.toString(PAGE)), shard.entryPrefix(),
				RedisKeys.bytes(Integer.toString(this.format.embeddingSize(known.embeddingBytes()))));
	}

	private Additions additions(PartitionKeys shard, LocalIndex.Position known, Reply reply) {
		return new Additions(known.sequence(), PAGE, reply.requiredList(1),
				(digest, stored) -> this.entries.embedding(shard, digest, stored));
	}

	private void fillInBackground(PartitionKeys shard, LocalIndex index) {
		try {
			this.background.execute(() -> {
				try {
					if (this.indexes.get(shard) == index) {
						fill(shard, index, System.nanoTime() + FILLING_NANOS);
					}
				}
				catch (RuntimeException ex) {
					logger.debug("An index was not filled; the next lookup goes on", ex);
				}
			});
		}
		catch (RejectedExecutionException ex) {
			logger.debug("An index was not filled; the next lookup goes on", ex);
		}
	}

	private void apply(PartitionKeys shard, LocalIndex index, long epoch, Additions additions) {
		if (index.apply(epoch, additions)) {
			this.indexes.grown(shard, index);
		}
	}

}
