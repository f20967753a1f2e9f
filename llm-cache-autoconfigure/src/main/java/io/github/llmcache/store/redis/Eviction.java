package io.github.llmcache.store.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import io.github.llmcache.store.CacheEntry;
import io.github.llmcache.store.CacheKey;
import io.github.llmcache.store.EvictionSelector;
import io.github.llmcache.store.Partition;
import io.github.llmcache.store.StoreRefusedException;
import io.github.llmcache.store.StoreUnavailableException;
import io.github.llmcache.store.redis.RedisKeys.PartitionKeys;

/**
 * Evicts entries of one partition in one slot: raises its generation there first, and
 * then removes what was stored before, page by page.
 */
final class Eviction {

	/** Entries on a page: the server unlinks them within a millisecond or two. */
	private static final byte[] PAGE = RedisKeys.bytes("500");

	private static final byte[] FIRST = new byte[0];

	private final RedisScripts scripts;

	private final EntryFormat format;

	Eviction(RedisScripts scripts, EntryFormat format) {
		this.scripts = scripts;
		this.format = format;
	}

	/**
	 * Evict what is selected.
	 * @return the number of entries that were removed
	 */
	long evict(PartitionKeys partition, EvictionSelector selector) {
		if (selector.selectsWholePartitions()) {
			return evictAll(partition).entries();
		}
		Predicate<CacheEntry> filter = selector.entryFilter();
		byte[] generation = FIRST;
		byte[] cursor = RedisKeys.bytes("0");
		long removed = 0;
		do {
			Reply page = selectPage(partition, generation, cursor);
			generation = page.requiredBytes(0);
			cursor = page.requiredBytes(1);
			removed += evict(partition, generation, selected(partition.partition(), page.requiredList(2), filter));
		}
		while (!isEnd(cursor));
		return removed;
	}

	/**
	 * Evict everything, and count aliases, too.
	 */
	Evicted evictAll(PartitionKeys partition) {
		byte[] generation = FIRST;
		byte[] cursor = RedisKeys.bytes("0");
		long entries = 0;
		long aliases = 0;
		boolean more;
		do {
			Reply page = evictPage(partition, generation, cursor);
			generation = page.requiredBytes(0);
			cursor = page.requiredBytes(1);
			entries += page.number(2);
			aliases += page.number(3);
			more = page.number(4) > 0;
		}
		while (!isEnd(cursor) || more);
		return new Evicted(entries, aliases);
	}

	private static boolean isEnd(byte[] cursor) {
		return cursor.length == 1 && cursor[0] == '0';
	}

	private Reply evictPage(PartitionKeys partition, byte[] generation, byte[] cursor) {
		return this.scripts.run(Script.EVICT_ALL,
				List.of(partition.state(), partition.expiries(), partition.additions(), partition.vectors(),
						partition.distantAliases()),
				generation, cursor, PAGE, partition.entryPrefix(), RedisCacheStore.STATE_LIFETIME,
				partition.aliasPrefix());
	}

	private Reply selectPage(PartitionKeys partition, byte[] generation, byte[] cursor) {
		return this.scripts.run(Script.SELECT,
				List.of(partition.state(), partition.expiries(), partition.additions(), partition.vectors()),
				generation, cursor, PAGE, partition.entryPrefix(), RedisCacheStore.STATE_LIFETIME);
	}

	/**
	 * An entry that cannot be read is selected: nobody can tell that it may stay.
	 */
	private List<byte[]> selected(Partition partition, Reply entries, Predicate<CacheEntry> filter) {
		List<byte[]> digests = new ArrayList<>();
		for (int i = 0; i < entries.size(); i++) {
			Reply entry = entries.requiredList(i);
			boolean matches;
			try {
				CacheKey key = new CacheKey(partition, entry.text(0));
				matches = filter
					.test(this.format.decodeWithoutPayload(key, entry.requiredBytes(1), entry.requiredBytes(2)));
			}
			catch (RuntimeException ex) {
				matches = true;
			}
			if (matches) {
				digests.add(entry.requiredBytes(0));
			}
		}
		return digests;
	}

	private long evict(PartitionKeys partition, byte[] generation, List<byte[]> digests) {
		if (digests.isEmpty()) {
			return 0;
		}
		List<byte[]> arguments = new ArrayList<>(List.of(generation, partition.entryPrefix()));
		arguments.addAll(digests);
		return this.scripts
			.run(Script.EVICT, List.of(partition.expiries(), partition.additions(), partition.vectors()),
					arguments.toArray(byte[][]::new))
			.number(0);
	}

	/**
	 * What was evicted.
	 */
	record Evicted(long entries, long aliases) {

	}

	/**
	 * Evictions that did not reach the server, or that it refused. They are made up for
	 * before this instance uses it again, so that it serves no answer that somebody has
	 * evicted here.
	 */
	static final class Missed {

		/** Beyond this number, they are replaced by an eviction of everything. */
		private static final int MAX_MISSED = 100;

		private static final Log logger = LogFactory.getLog(RedisCacheStore.class);

		private final Queue<EvictionSelector> missed = new ConcurrentLinkedQueue<>();

		private final ReentrantLock lock = new ReentrantLock();

		void add(EvictionSelector selector, RuntimeException failure) {
			if (this.missed.isEmpty()) {
				logger.warn("LlmCache: an eviction " + describe(failure)
						+ "; it is made up for before this instance serves answers again");
			}
			if (this.missed.size() >= MAX_MISSED) {
				this.missed.clear();
				this.missed.add(EvictionSelector.all());
			}
			else if (!this.missed.contains(selector)) {
				this.missed.add(selector);
			}
		}

		/**
		 * Make up for all of them, if there are any.
		 * @throws StoreUnavailableException if another thread is doing so
		 */
		void run(Consumer<EvictionSelector> eviction) {
			if (this.missed.isEmpty()) {
				return;
			}
			if (!this.lock.tryLock()) {
				throw new StoreUnavailableException("Evictions are being made up for", null);
			}
			try {
				for (EvictionSelector selector = this.missed.peek(); selector != null; selector = this.missed.peek()) {
					eviction.accept(selector);
					this.missed.remove(selector);
				}
			}
			finally {
				this.lock.unlock();
			}
		}

		private static String describe(RuntimeException failure) {
			if (failure instanceof StoreUnavailableException) {
				return "did not reach Redis";
			}
			return "failed on Redis: " + ((failure instanceof StoreRefusedException) ? failure.getMessage()
					: failure.getClass().getName());
		}

	}

}
