package io.github.llmcache.store.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

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

/**
 * Searches in this JVM. The index of a partition is filled from the server when it is
 * searched for the first time, and follows it from then on: each lookup brings what other
 * instances added. The server decides what is served, since the entries are always read
 * from there.
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
	public LocalIndex.@Nullable Position position(Partition partition) {
		LocalIndex index = this.indexes.get(partition);
		return (index != null && !index.isFull()) ? index.position() : null;
	}

	@Override
	public void lookedUp(Partition partition, long epoch, @Nullable Additions additions) {
		LocalIndex index = this.indexes.get(partition);
		if (index == null) {
			return;
		}
		if (index.isOutdated(epoch)) {
			this.indexes.drop(partition, index);
		}
		else if (additions != null) {
			apply(partition, index, epoch, additions);
		}
	}

	@Override
	public void stored(Partition partition, String digest, float @Nullable [] embedding, long sequence) {
		LocalIndex index = this.indexes.get(partition);
		if (index == null) {
			return;
		}
		if (embedding != null) {
			index.add(digest, embedding, sequence);
			this.indexes.grown(partition, index);
		}
		else {
			index.remove(digest, Long.MAX_VALUE);
		}
	}

	@Override
	public List<Candidate> find(Partition partition, float[] embedding, int limit, double minSimilarity) {
		LocalIndex index = this.indexes.getOrCreate(partition, embedding.length);
		if (!index.isComplete()) {
			fill(partition, index, System.nanoTime() + FILLING_NANOS);
		}
		List<Candidate> candidates = new ArrayList<>(limit);
		for (int search = 0; search < MAX_SEARCHES && candidates.isEmpty(); search++) {
			List<Neighbour> neighbours = index.search(embedding, limit, minSimilarity);
			if (neighbours.isEmpty()) {
				break;
			}
			read(partition, index, neighbours, candidates);
		}
		return candidates;
	}

	private void read(Partition partition, LocalIndex index, List<Neighbour> neighbours, List<Candidate> candidates) {
		PartitionKeys partitionKeys = this.keys.of(partition);
		byte[][] arguments = new byte[1 + neighbours.size()][];
		arguments[0] = partitionKeys.entryPrefix();
		for (int i = 0; i < neighbours.size(); i++) {
			arguments[1 + i] = RedisKeys.bytes(neighbours.get(i).id());
		}
		Reply reply = this.scripts.run(Script.ENTRIES, List.of(partitionKeys.state()), arguments);
		Reply found = reply.requiredList(1);
		for (int i = 0; i < neighbours.size(); i++) {
			Neighbour neighbour = neighbours.get(i);
			CacheKey key = new CacheKey(partition, neighbour.id());
			CacheEntry entry = this.entries.read(key, found.list(i));
			if (entry != null) {
				candidates.add(new Candidate(key, entry, neighbour.similarity()));
			}
			else {
				index.remove(neighbour.id(), reply.number(0));
			}
		}
	}

	/**
	 * Ask for what the index does not have yet, one thread at a time.
	 */
	private void fill(Partition partition, LocalIndex index, long deadline) {
		if (!index.filling().compareAndSet(false, true)) {
			return;
		}
		try {
			PartitionKeys partitionKeys = this.keys.of(partition);
			while (!index.isComplete() && System.nanoTime() - deadline < 0) {
				LocalIndex.Position known = index.position();
				Reply reply = this.scripts.run(Script.ADDITIONS,
						List.of(partitionKeys.state(), partitionKeys.additions()),
						RedisKeys.bytes(Long.toString(known.sequence())), RedisKeys.bytes(Integer.toString(PAGE)),
						partitionKeys.entryPrefix(),
						RedisKeys.bytes(Integer.toString(this.format.embeddingSize(known.embeddingBytes()))));
				if (index.isOutdated(reply.number(0))) {
					this.indexes.drop(partition, index);
					return;
				}
				apply(partition, index, reply.number(0), new Additions(known.sequence(), PAGE, reply.requiredList(1),
						(digest, stored) -> this.format.openEmbedding(new CacheKey(partition, digest), stored)));
			}
		}
		finally {
			index.filling().set(false);
		}
		if (!index.isComplete()) {
			fillInBackground(partition, index);
		}
	}

	private void fillInBackground(Partition partition, LocalIndex index) {
		try {
			this.background.execute(() -> {
				try {
					if (this.indexes.get(partition) == index) {
						fill(partition, index, System.nanoTime() + FILLING_NANOS);
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

	private void apply(Partition partition, LocalIndex index, long epoch, Additions additions) {
		if (index.apply(epoch, additions)) {
			this.indexes.grown(partition, index);
		}
	}

}
