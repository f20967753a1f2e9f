package io.github.llmcache.store.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.encryption.SealedValueException;
import io.github.llmcache.store.FeedbackStore;
import io.github.llmcache.store.Partition;
import io.github.llmcache.store.redis.RedisKeys.PartitionKeys;
import io.github.llmcache.store.redis.RedisScripts.Call;

/**
 * What is refused in partitions, as a sorted set for each. One member is the version,
 * which lookups bring along, so that an instance reads the others once after each change.
 * <p>
 * Refusals are in the home of a partition, whatever its number of shards is; its other
 * shards have the version alone. A shard that was none before does not have it, so that
 * an instance reads the refusals of a partition with shards before it knows of any.
 */
final class SharedRefusals {

	/** How long refusals are kept after the last one in the partition. */
	private static final byte[] LIFETIME = RedisKeys.bytes(Long.toString(Duration.ofDays(365).toMillis()));

	private static final byte[] MOST = RedisKeys.bytes(Integer.toString(FeedbackStore.MOST_REFUSALS));

	private static final byte[] NEXT = new byte[0];

	private static final String CONTEXT = ":refusals";

	/** How many partitions this instance remembers the refusals of. */
	private static final int MOST_KNOWN = 1_000;

	private final RedisKeys keys;

	private final RedisScripts scripts;

	private final Sealing sealing;

	private final Map<Partition, Known> known = new LinkedHashMap<>(16, 0.75f, true);

	SharedRefusals(RedisKeys keys, RedisScripts scripts, Sealing sealing) {
		this.keys = keys;
		this.scripts = scripts;
		this.sealing = sealing;
	}

	/**
	 * Learn from a lookup. Lookups that overlap may come in any order, so that an older
	 * version than the known one says nothing.
	 * @param version of the refusals; 0 if there are none
	 */
	void lookedUp(Partition partition, long version) {
		if (version == 0) {
			return;
		}
		synchronized (this.known) {
			Known before = this.known.get(partition);
			if (before == null || before.latest < version) {
				remember(partition, (before != null) ? before.with(version) : new Known(version, 0, Set.of()));
			}
		}
	}

	private void remember(Partition partition, Known now) {
		this.known.put(partition, now);
		if (this.known.size() > MOST_KNOWN) {
			this.known.remove(this.known.keySet().iterator().next());
		}
	}

	Set<String> of(Partition partition) {
		Known before;
		synchronized (this.known) {
			before = this.known.get(partition);
		}
		if (before == null) {
			return this.keys.isSharded() ? read(partition) : Set.of();
		}
		return (before.read >= before.latest) ? before.refusals : read(partition);
	}

	void add(Partition partition, Set<String> refusals) {
		PartitionKeys home = this.keys.home(partition);
		byte[] registered = RegisteredPartition.of(partition, this.sealing).encode();
		byte[] task = RedisKeys.bytes(partition.task());
		List<byte[]> arguments = new ArrayList<>(List.of(LIFETIME, MOST, registered, task, NEXT));
		refusals.forEach((refusal) -> arguments
			.add(RedisKeys.bytes(this.sealing.sealTextRepeatably(refusal, partition.id() + CONTEXT))));
		Reply reply = this.scripts.run(Script.REFUSE, keys(home), arguments.toArray(byte[][]::new));
		byte[] version = reply.requiredBytes(0);
		this.scripts.runAll(Script.REFUSE,
				this.keys.shards(partition)
					.stream()
					.filter((shard) -> !shard.equals(home))
					.map((shard) -> new Call(keys(shard), LIFETIME, MOST, registered, task, version))
					.toList());
		lookedUp(partition, reply.number(0));
	}

	private static List<byte[]> keys(PartitionKeys shard) {
		return List.of(shard.refusals(), shard.partitions(), shard.tasks());
	}

	/**
	 * Forget what is known of some partitions.
	 */
	void forget(Predicate<Partition> forgotten) {
		synchronized (this.known) {
			this.known.keySet().removeIf(forgotten);
		}
	}

	private Set<String> read(Partition partition) {
		Reply reply = this.scripts.run(Script.REFUSALS, List.of(this.keys.home(partition).refusals()));
		Reply members = reply.requiredList(1);
		Set<String> refusals = new HashSet<>(2 * members.size());
		for (int i = 0; i < members.size(); i++) {
			open(partition, members.text(i), refusals);
		}
		long version = reply.number(0);
		synchronized (this.known) {
			Known now = this.known.get(partition);
			long latest = (now != null) ? now.latest : 0;
			if ((now != null) ? now.read < version : this.keys.isSharded()) {
				remember(partition, new Known(Math.max(latest, version), version, Set.copyOf(refusals)));
			}
		}
		return refusals;
	}

	private void open(Partition partition, String member, Set<String> refusals) {
		try {
			refusals.add(this.sealing.openText(member, partition.id() + CONTEXT));
		}
		catch (SealedValueException | IllegalArgumentException ex) {
			// somebody else's: it refuses nothing
		}
	}

	/**
	 * What this instance knows of a partition.
	 *
	 * @param latest the latest version that it has heard of
	 * @param read the version that it has read
	 * @param refusals what it has read
	 */
	private record Known(long latest, long read, Set<String> refusals) {

		Known with(long newLatest) {
			return new Known(newLatest, this.read, this.refusals);
		}

	}

}
