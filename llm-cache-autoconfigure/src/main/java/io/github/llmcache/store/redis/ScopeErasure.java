package io.github.llmcache.store.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

import io.github.llmcache.event.EvictionEvent.Cause;
import io.github.llmcache.store.Erasure;
import io.github.llmcache.store.EvictionSelector;
import io.github.llmcache.store.Partition;
import io.github.llmcache.store.redis.Eviction.Evicted;
import io.github.llmcache.store.redis.RedisKeys.PartitionKeys;

/**
 * Erases scopes: evicts what their partitions have, forgets the partitions, and looks
 * again. Other instances read which scopes were erased together with the live settings,
 * and forget what they keep in memory.
 */
final class ScopeErasure {

	/**
	 * How long other instances can hear of an erasure. One that has not asked for so long
	 * forgets everything.
	 */
	private static final long ANNOUNCED_MILLIS = 600_000;

	private final RedisKeys keys;

	private final RedisScripts scripts;

	private final Sealing sealing;

	private final PartitionRegistry registry;

	private final Eviction eviction;

	private final SharedVoices voices;

	private final SharedMatchRecords matchRecords;

	private final SharedQuotas quotas;

	private final EvictionReport report;

	private final List<Consumer<Predicate<Partition>>> listeners = new CopyOnWriteArrayList<>();

	/** The server's time up to which erasures are known; 0 before the first time. */
	private long heard;

	ScopeErasure(RedisKeys keys, RedisScripts scripts, Sealing sealing, PartitionRegistry registry, Eviction eviction,
			SharedVoices voices, SharedMatchRecords matchRecords, SharedQuotas quotas, EvictionReport report) {
		this.keys = keys;
		this.scripts = scripts;
		this.sealing = sealing;
		this.registry = registry;
		this.eviction = eviction;
		this.voices = voices;
		this.matchRecords = matchRecords;
		this.quotas = quotas;
		this.report = report;
	}

	void onErasure(Consumer<Predicate<Partition>> listener) {
		this.listeners.add(listener);
	}

	Erasure erase(String scope) {
		Assert.hasText(scope, "The scope to erase must not be empty");
		String digest = String.valueOf(this.sealing.scopeDigest(scope));
		Erasure erasure = Erasure.repeat(() -> eraseOnce(scope, digest));
		this.scripts.run(Script.ANNOUNCE, List.of(this.keys.erasures()), RedisKeys.bytes(digest),
				RedisKeys.bytes(Long.toString(ANNOUNCED_MILLIS)));
		notifyListeners(Set.of(digest));
		return erasure;
	}

	private Erasure eraseOnce(String scope, String digest) {
		List<PartitionKeys> partitions = partitions(scope);
		long entries = 0;
		long aliases = 0;
		long refusals = 0;
		long vouched = 0;
		for (PartitionKeys partition : partitions) {
			Evicted evicted = this.eviction.evictAll(partition);
			this.report.evicted(partition.partition().task(), Cause.EXPLICIT, evicted.entries());
			entries += evicted.entries();
			aliases += evicted.aliases();
			vouched += this.voices.erase(partition);
			refusals += this.scripts
				.run(Script.ERASE,
						List.of(partition.state(), partition.expiries(), partition.additions(), partition.vectors(),
								partition.refusals(), partition.partitions()),
						partition.entryPrefix(), RegisteredPartition.of(partition.partition(), this.sealing).encode())
				.number(0);
		}
		Set<String> tasks = tasks();
		long observations = tasks.stream().mapToLong((task) -> this.matchRecords.erase(task, digest, false)).sum();
		long left = partitions(scope).size() + this.quotas.check(digest)
				+ tasks.stream().mapToLong((task) -> this.matchRecords.erase(task, digest, true)).sum();
		for (PartitionKeys partition : partitions) {
			left += this.scripts
				.run(Script.REMAINS, List.of(partition.state(), partition.expiries(), partition.additions(),
						partition.vectors(), partition.refusals(), partition.distantAliases(), partition.vouched()))
				.number(0);
		}
		long erased = partitions.stream().map(PartitionKeys::partition).distinct().count();
		return new Erasure(erased, entries, aliases, refusals, vouched, observations, left);
	}

	private List<PartitionKeys> partitions(String scope) {
		List<PartitionKeys> partitions = new ArrayList<>();
		this.registry.forEach(EvictionSelector.all().withScope(scope), partitions::add);
		return partitions;
	}

	private Set<String> tasks() {
		Set<String> tasks = new TreeSet<>();
		for (int slot = 0; slot < RedisKeys.SLOTS; slot++) {
			tasks.addAll(this.registry.tasks(slot));
		}
		return tasks;
	}

	/** What a reader has to send to hear of erasures. */
	synchronized byte[] position() {
		return RedisKeys.bytes(Long.toString(this.heard));
	}

	/**
	 * Hear of what other instances have erased.
	 * @param now the server's time
	 * @param erased digests of the scopes
	 */
	void heard(long now, Reply erased) {
		boolean late;
		synchronized (this) {
			late = this.heard != 0 && now - this.heard >= ANNOUNCED_MILLIS;
			this.heard = now;
		}
		if (late) {
			this.listeners.forEach((listener) -> listener.accept((partition) -> true));
		}
		else if (erased.size() > 0) {
			Set<String> digests = new TreeSet<>();
			for (int i = 0; i < erased.size(); i++) {
				digests.add(erased.text(i));
			}
			notifyListeners(digests);
		}
	}

	private void notifyListeners(Set<String> digests) {
		Predicate<Partition> erased = (partition) -> {
			String digest = this.sealing.scopeDigest(partition.scope());
			return digest != null && digests.contains(digest);
		};
		this.listeners.forEach((listener) -> listener.accept(erased));
	}

	/**
	 * Is told of what was evicted.
	 */
	interface EvictionReport {

		void evicted(String task, Cause cause, long entries);

	}

}
