package io.github.llmcache.store.redis;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.github.llmcache.event.EvictionEvent.Cause;
import io.github.llmcache.store.Partition;
import io.github.llmcache.store.ScopeQuota;
import io.github.llmcache.store.redis.ScopeErasure.EvictionReport;

/**
 * Keeps scopes within their quota. A script that stores an entry counts it in its slot,
 * and reports the sum. When the sums that this instance knows of the slots exceed the
 * quota, and now and then, all slots are asked, and the entries go that would be gone
 * first, in the background.
 */
final class SharedQuotas {

	/** Scopes of which this instance knows how much they have. */
	private static final int MOST_KNOWN = 10_000;

	/**
	 * What other instances stored in other slots is noticed after so much of the quota.
	 */
	private static final int STEPS = 50;

	/** Entries that a slot gives up at a time. */
	private static final int PAGE = 100;

	private static final Log logger = LogFactory.getLog(RedisCacheStore.class);

	private final RedisKeys keys;

	private final RedisScripts scripts;

	private final Sealing sealing;

	private final ScopeQuota quota;

	private final Executor background;

	private final EvictionReport report;

	private final Map<String, Known> known = new LinkedHashMap<>(16, 0.75f, true);

	SharedQuotas(RedisKeys keys, RedisScripts scripts, Sealing sealing, ScopeQuota quota, Executor background,
			EvictionReport report) {
		this.keys = keys;
		this.scripts = scripts;
		this.sealing = sealing;
		this.quota = quota;
		this.background = background;
		this.report = report;
	}

	/**
	 * Under which digest of its scope an entry is to be counted.
	 * @return an empty text if it is not
	 */
	String countedAs(Partition partition) {
		String digest = this.quota.isLimited() ? this.sealing.scopeDigest(partition.scope()) : null;
		return (digest != null) ? digest : "";
	}

	/**
	 * Learn what a scope has in a slot, after an entry was stored there.
	 */
	void stored(int slot, String scope, long entries, long bytes) {
		if (scope.isEmpty()) {
			return;
		}
		boolean due;
		synchronized (this.known) {
			Known scopeKnown = this.known.computeIfAbsent(scope, (key) -> new Known());
			if (this.known.size() > MOST_KNOWN) {
				this.known.remove(this.known.keySet().iterator().next());
			}
			due = scopeKnown.stored(slot, entries, bytes, this.quota);
		}
		if (due) {
			try {
				this.background.execute(() -> trim(scope));
			}
			catch (RejectedExecutionException ex) {
				trimmed(scope, null);
			}
		}
	}

	/**
	 * A failure leaves a scope with too much until it stores again.
	 */
	private void trim(String scope) {
		List<Slot> slots = null;
		try {
			slots = look(scope, false);
			while (isExceeded(slots) && remove(scope, slots)) {
				slots = look(scope, false);
			}
		}
		catch (RuntimeException ex) {
			logger.debug("A scope is not kept within its quota; the next entry tries again", ex);
		}
		finally {
			trimmed(scope, slots);
		}
	}

	private void trimmed(String scope, @Nullable List<Slot> slots) {
		synchronized (this.known) {
			Known scopeKnown = this.known.get(scope);
			if (scopeKnown != null) {
				scopeKnown.trimmed(slots);
			}
		}
	}

	/**
	 * Count what a scope has, and forget what is counted and not there.
	 * @return the number of entries
	 */
	long check(String scope) {
		return this.quota.isLimited() ? look(scope, true).stream().mapToLong(Slot::entries).sum() : 0;
	}

	private List<Slot> look(String scope, boolean each) {
		List<Slot> slots = new ArrayList<>(RedisKeys.SLOTS);
		for (int slot = 0; slot < RedisKeys.SLOTS; slot++) {
			Reply reply = this.scripts.run(Script.QUOTA,
					List.of(this.keys.counted(slot, scope), this.keys.countedBytes(slot, scope)),
					RedisKeys.bytes(Integer.toString(PAGE)), this.keys.slotPrefix(slot),
					RedisKeys.bytes(each ? "1" : ""));
			slots.add(new Slot(slot, reply.number(0), reply.number(1), Counted.list(slot, reply.requiredList(2))));
		}
		return slots;
	}

	private boolean isExceeded(List<Slot> slots) {
		return this.quota.isExceeded(slots.stream().mapToLong(Slot::entries).sum(),
				slots.stream().mapToLong(Slot::bytes).sum());
	}

	/**
	 * Remove those that would be gone first, as many as are too many.
	 * @return whether there were any
	 */
	private boolean remove(String scope, List<Slot> slots) {
		long entries = slots.stream().mapToLong(Slot::entries).sum();
		long bytes = slots.stream().mapToLong(Slot::bytes).sum();
		List<Counted> first = slots.stream()
			.flatMap((slot) -> slot.first().stream())
			.sorted(Comparator.comparingDouble(Counted::removal))
			.limit(PAGE)
			.toList();
		Map<Integer, List<byte[]>> surplus = new TreeMap<>();
		for (Counted counted : first) {
			if (!this.quota.isExceeded(entries, bytes)) {
				break;
			}
			surplus.computeIfAbsent(counted.slot(), (slot) -> new ArrayList<>(List.of(this.keys.slotPrefix(slot))))
				.add(RedisKeys.bytes(counted.member()));
			entries--;
			bytes -= counted.bytes();
		}
		surplus.forEach((slot, members) -> {
			Reply removed = this.scripts.run(Script.TRIM, List.of(this.keys.counted(slot, scope)),
					members.toArray(byte[][]::new));
			for (int i = 0; i < removed.size(); i++) {
				this.report.evicted(Counted.task(removed.text(i)), Cause.QUOTA, 1);
			}
		});
		return !surplus.isEmpty();
	}

	/**
	 * What this instance knows of a scope. Guarded by the map that it is in.
	 */
	private static final class Known {

		private final long[] entries = new long[RedisKeys.SLOTS];

		private final long[] bytes = new long[RedisKeys.SLOTS];

		private long storedEntries;

		private long storedBytes;

		private boolean trimming;

		/** At first, nobody knows what others have stored. */
		private boolean unknown = true;

		boolean stored(int slot, long newEntries, long newBytes, ScopeQuota quota) {
			this.storedEntries++;
			this.storedBytes += Math.max(0, newBytes - this.bytes[slot]);
			this.entries[slot] = newEntries;
			this.bytes[slot] = newBytes;
			boolean due = !this.trimming && (this.unknown || quota.isExceeded(sum(this.entries), sum(this.bytes))
					|| quota.isExceeded(this.storedEntries * STEPS, this.storedBytes * STEPS));
			this.trimming |= due;
			return due;
		}

		void trimmed(@Nullable List<Slot> slots) {
			this.trimming = false;
			this.unknown = slots == null;
			this.storedEntries = 0;
			this.storedBytes = 0;
			if (slots != null) {
				for (Slot slot : slots) {
					this.entries[slot.slot()] = slot.entries();
					this.bytes[slot.slot()] = slot.bytes();
				}
			}
		}

		private static long sum(long[] numbers) {
			long sum = 0;
			for (long number : numbers) {
				sum += number;
			}
			return sum;
		}

	}

	/**
	 * What a scope has in a slot.
	 *
	 * @param first the entries that will be gone first
	 */
	private record Slot(int slot, long entries, long bytes, List<Counted> first) {

	}

	/**
	 * An entry as it is counted: size, blank, and its key without prefix and slot.
	 */
	private record Counted(int slot, String member, double removal) {

		static List<Counted> list(int slot, Reply members) {
			List<Counted> counted = new ArrayList<>();
			for (int i = 0; i + 1 < members.size(); i += 2) {
				counted.add(new Counted(slot, members.text(i), Double.parseDouble(members.text(i + 1))));
			}
			return counted;
		}

		long bytes() {
			try {
				return Long.parseLong(this.member.substring(0, Math.max(0, this.member.indexOf(' '))));
			}
			catch (NumberFormatException ex) {
				return 0; // somebody else's
			}
		}

		static String task(String member) {
			int blank = member.indexOf(' ');
			return URLDecoder.decode(member.substring(blank + 1, member.indexOf(':', blank)), StandardCharsets.UTF_8);
		}

	}

}
