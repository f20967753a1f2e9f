package io.github.llmcache.store.redis;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.github.llmcache.store.CacheKey;
import io.github.llmcache.store.EvictionSelector;
import io.github.llmcache.store.Partition;
import io.github.llmcache.store.redis.RedisKeys.PartitionKeys;

/**
 * Knows which partitions may have entries, so that an eviction finds them all.
 * <p>
 * The lookup that begins a partition's state also registers it, in one step, before an
 * answer for it is loaded. An eviction that does not find the partition therefore began
 * before the load, and so does not concern the answer. What is not registered is not
 * served.
 */
final class PartitionRegistry {

	private static final int PAGE = 1_000;

	private static final Log logger = LogFactory.getLog(RedisCacheStore.class);

	private final RedisKeys keys;

	private final RedisScripts scripts;

	private final Sealing sealing;

	private final AtomicBoolean warned = new AtomicBoolean();

	PartitionRegistry(RedisKeys keys, RedisScripts scripts, Sealing sealing) {
		this.keys = keys;
		this.scripts = scripts;
		this.sealing = sealing;
	}

	/**
	 * Do something with every partition whose entries may be selected, in each slot where
	 * it is.
	 */
	void forEach(EvictionSelector selector, Consumer<PartitionKeys> action) {
		for (int slot = 0; slot < RedisKeys.SLOTS; slot++) {
			for (String task : (selector.task() != null) ? List.of(selector.task()) : tasks(slot)) {
				forEach(slot, task, selector, action);
			}
		}
	}

	/**
	 * The next partitions, by home and id. Each page reads the registry again: a cursor
	 * of the server would not outlive it. That of one slot after the other, unless
	 * partitions are in several.
	 */
	List<Partition> page(EvictionSelector selector, @Nullable String after, int limit) {
		Comparator<String> order = Comparator.<String>comparingInt(RedisKeys::slotOf)
			.thenComparing(Comparator.naturalOrder());
		TreeMap<String, Partition> page = new TreeMap<>(order);
		int first = (after != null && !this.keys.isSharded()) ? RedisKeys.slotOf(after) : 0;
		for (int slot = first; slot < RedisKeys.SLOTS && (page.size() < limit || this.keys.isSharded()); slot++) {
			for (String task : (selector.task() != null) ? List.of(selector.task()) : tasks(slot)) {
				forEach(slot, task, selector, (keys) -> {
					Partition partition = keys.partition();
					if (this.keys.isShard(partition, keys.slot())
							&& (after == null || order.compare(partition.id(), after) > 0)) {
						page.put(partition.id(), partition);
					}
					if (page.size() > limit) {
						page.pollLastEntry();
					}
				});
			}
		}
		return List.copyOf(page.values());
	}

	private void forEach(int slot, String task, EvictionSelector selector, Consumer<PartitionKeys> action) {
		String cursor = "0";
		do {
			Reply page = this.scripts.run(Script.PARTITIONS, List.of(this.keys.partitions(slot, task)),
					RedisKeys.bytes(cursor), RedisKeys.bytes(Integer.toString(PAGE)));
			cursor = page.text(0);
			decode(slot, task, page.requiredList(1)).stream()
				.filter((partition) -> partition.matches(selector))
				.map((partition) -> this.keys.of(partition.partition(), slot))
				.forEach(action);
		}
		while (!cursor.equals("0"));
	}

	/**
	 * Find out which partition of a task has an entry.
	 */
	@Nullable CacheKey locate(String task, String digest) {
		for (int slot = 0; slot < RedisKeys.SLOTS; slot++) {
			String cursor = "0";
			do {
				Reply page = this.scripts.run(Script.PARTITIONS, List.of(this.keys.partitions(slot, task)),
						RedisKeys.bytes(cursor), RedisKeys.bytes(Integer.toString(PAGE)));
				cursor = page.text(0);
				CacheKey key = locate(slot, decode(slot, task, page.requiredList(1)), digest);
				if (key != null) {
					return key;
				}
			}
			while (!cursor.equals("0"));
		}
		return null;
	}

	private @Nullable CacheKey locate(int slot, List<RegisteredPartition> partitions, String digest) {
		List<CacheKey> possible = partitions.stream()
			.map((partition) -> new CacheKey(partition.partition(), digest))
			.filter((key) -> this.keys.slotOf(key) == slot)
			.toList();
		if (possible.isEmpty()) {
			return null;
		}
		Reply found = this.scripts
			.run(Script.LOCATE, possible.stream().map((key) -> this.keys.of(key).entry(key.digest())).toList())
			.requiredList(0);
		return (found.size() > 0) ? possible.get((int) found.number(0) - 1) : null;
	}

	/**
	 * The tasks that have partitions in a slot.
	 */
	List<String> tasks(int slot) {
		Reply reply = this.scripts.run(Script.TASKS, List.of(this.keys.tasks(slot)));
		List<String> tasks = new ArrayList<>(reply.size());
		for (int i = 0; i < reply.size(); i++) {
			tasks.add(reply.text(i));
		}
		return tasks;
	}

	/**
	 * Some partitions of a task in a slot.
	 */
	Sample sample(int slot, String task, int limit) {
		Reply reply = this.scripts.run(Script.SAMPLE, List.of(this.keys.partitions(slot, task)),
				RedisKeys.bytes(Integer.toString(limit)));
		List<PartitionKeys> partitions = decode(slot, task, reply.requiredList(1)).stream()
			.map((partition) -> this.keys.of(partition.partition(), slot))
			.toList();
		return new Sample(reply.number(0), partitions);
	}

	/**
	 * Read members, and forget those that cannot be read: no lookup finds what they stand
	 * for.
	 */
	private List<RegisteredPartition> decode(int slot, String task, Reply members) {
		List<RegisteredPartition> partitions = new ArrayList<>(members.size());
		List<byte[]> unreadable = new ArrayList<>();
		for (int i = 0; i < members.size(); i++) {
			try {
				partitions.add(RegisteredPartition.decode(task, members.text(i), this.sealing));
			}
			catch (IllegalArgumentException ex) {
				unreadable.add(members.requiredBytes(i));
			}
		}
		if (!unreadable.isEmpty()) {
			if (this.warned.compareAndSet(false, true)) {
				logger.warn("LlmCache: the registry of partitions of task '" + task + "' has " + unreadable.size()
						+ " members that something other than the cache wrote; they are removed");
			}
			this.scripts.run(Script.UNREGISTER, List.of(this.keys.partitions(slot, task)),
					unreadable.toArray(byte[][]::new));
		}
		return partitions;
	}

	/**
	 * Partitions of a task in a slot.
	 *
	 * @param total how many there are
	 * @param partitions some of them
	 */
	record Sample(long total, List<PartitionKeys> partitions) {

	}

}
