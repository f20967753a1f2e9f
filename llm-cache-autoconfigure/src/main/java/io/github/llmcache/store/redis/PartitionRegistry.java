package io.github.llmcache.store.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

import io.github.llmcache.core.EvictionSelector;
import io.github.llmcache.core.Partition;

/**
 * Knows which partitions may have entries, so that an invalidation finds them all.
 * <p>
 * A partition is registered before an answer for it is computed: an invalidation that
 * does not find it began before the computation, so that the answer is as new. A
 * registration is repeated now and then, in case that the server lost it.
 */
final class PartitionRegistry {

	private static final long REPEAT_NANOS = Duration.ofMinutes(10).toNanos();

	private static final int PAGE = 1_000;

	private static final int FORGET_AT_ONCE = 100;

	/** Partitions of which this instance remembers that it registered them. */
	private static final int MAX_REMEMBERED = 10_000;

	private final RedisKeys keys;

	private final RedisScripts scripts;

	private final LongSupplier nanoTime;

	private final Map<Partition, Registration> registrations = Collections
		.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {

			@Override
			protected boolean removeEldestEntry(Map.Entry<Partition, Registration> eldest) {
				return size() > MAX_REMEMBERED;
			}

		});

	PartitionRegistry(RedisKeys keys, RedisScripts scripts, LongSupplier nanoTime) {
		this.keys = keys;
		this.scripts = scripts;
		this.nanoTime = nanoTime;
	}

	/**
	 * Register a partition, unless this instance did so lately.
	 * @param lifetime for how long it may have entries, in milliseconds
	 */
	void register(Partition partition, long lifetime) {
		Registration known = this.registrations.get(partition);
		long now = this.nanoTime.getAsLong();
		if (known != null && known.lifetime() >= lifetime && now - known.time() < REPEAT_NANOS) {
			return;
		}
		this.scripts.run(Script.REGISTER_TASK, List.of(this.keys.tasks()), RedisKeys.bytes(partition.task()));
		this.scripts.run(Script.REGISTER, List.of(this.keys.partitions(partition.task())),
				RedisKeys.bytes(RegisteredPartition.of(partition).encode()),
				RedisKeys.bytes(Long.toString(lifetime + Duration.ofNanos(2 * REPEAT_NANOS).toMillis())),
				RedisKeys.bytes(Integer.toString(FORGET_AT_ONCE)));
		this.registrations.put(partition, new Registration(now, lifetime));
	}

	/**
	 * Do something with every partition whose entries may be selected.
	 */
	void forEach(EvictionSelector selector, Consumer<Partition> action) {
		List<String> tasks = (selector.task() != null) ? List.of(selector.task()) : tasks();
		for (String task : tasks) {
			String cursor = "0";
			do {
				Reply page = this.scripts.run(Script.PARTITIONS, List.of(this.keys.partitions(task)),
						RedisKeys.bytes(cursor), RedisKeys.bytes(Integer.toString(PAGE)));
				cursor = page.text(0);
				decode(task, page.requiredList(1)).stream()
					.filter((partition) -> partition.matches(selector))
					.map(RegisteredPartition::partition)
					.forEach(action);
			}
			while (!cursor.equals("0"));
		}
	}

	List<String> tasks() {
		return texts(this.scripts.run(Script.TASKS, List.of(this.keys.tasks())));
	}

	/**
	 * Some partitions of a task.
	 */
	Sample sample(String task, int limit) {
		Reply reply = this.scripts.run(Script.SAMPLE, List.of(this.keys.partitions(task)),
				RedisKeys.bytes(Integer.toString(limit)));
		List<Partition> partitions = decode(task, reply.requiredList(1)).stream()
			.map(RegisteredPartition::partition)
			.toList();
		return new Sample(reply.number(0), partitions);
	}

	private static List<RegisteredPartition> decode(String task, Reply reply) {
		return texts(reply).stream().map((text) -> RegisteredPartition.decode(task, text)).toList();
	}

	private static List<String> texts(Reply reply) {
		List<String> texts = new ArrayList<>(reply.size());
		for (int i = 0; i < reply.size(); i++) {
			texts.add(reply.text(i));
		}
		return texts;
	}

	/**
	 * Partitions of a task.
	 *
	 * @param total how many there are
	 * @param partitions some of them
	 */
	record Sample(long total, List<Partition> partitions) {

	}

	private record Registration(long time, long lifetime) {

	}

}
