package io.github.llmcache.store.memory;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import org.jspecify.annotations.Nullable;

import io.github.llmcache.store.CacheKey;
import io.github.llmcache.store.Partition;
import io.github.llmcache.store.VoiceStore;
import io.github.llmcache.store.VoiceStore.Voice;

/**
 * Which scopes have an answer to the same prompt, bounded for each prompt and in total:
 * what is of least use goes first. A list is never changed, but replaced.
 */
final class HeldVoices {

	private final Cache<CacheKey, List<Held>> voices;

	private final Clock clock;

	HeldVoices(long most, Clock clock) {
		this.clock = clock;
		this.voices = Caffeine.newBuilder()
			.maximumWeight(most)
			.<CacheKey, List<Held>>weigher((key, held) -> held.size())
			.executor(Runnable::run)
			.build();
	}

	List<Voice> add(CacheKey shared, Voice voice, Duration ttl) {
		Instant now = this.clock.instant();
		CacheKey entry = new CacheKey(Digests.of(voice.entry().partition()), voice.entry().digest());
		Held added = new Held(new Voice(entry, voice.answer()), now.plus(ttl));
		return voices(this.voices.asMap().merge(keyOf(shared), List.of(added), (before, one) -> {
			List<Held> held = new ArrayList<>(one);
			before.stream().filter((other) -> !other.isOver(now) && !other.isOf(entry.partition())).forEach(held::add);
			return latest(held);
		}), now);
	}

	void remove(CacheKey shared, Partition partition) {
		this.voices.asMap()
			.computeIfPresent(keyOf(shared), (key, held) -> without(held, (voice) -> voice.isOf(partition)));
	}

	List<Voice> of(CacheKey shared) {
		List<Held> held = this.voices.getIfPresent(keyOf(shared));
		return (held != null) ? voices(held, this.clock.instant()) : List.of();
	}

	/**
	 * Remove all voices of some partitions.
	 * @return the addresses at which there were any
	 */
	Set<CacheKey> erase(Predicate<Partition> erased) {
		Set<CacheKey> touched = new HashSet<>();
		for (CacheKey key : this.voices.asMap().keySet()) {
			this.voices.asMap().computeIfPresent(key, (same, held) -> {
				List<Held> left = without(held, (voice) -> erased.test(voice.voice().entry().partition()));
				if (left == null || left.size() < held.size()) {
					touched.add(key);
				}
				return left;
			});
		}
		return touched;
	}

	long count(Predicate<Partition> counted) {
		return this.voices.asMap()
			.values()
			.stream()
			.flatMap(List::stream)
			.filter((held) -> counted.test(held.voice().entry().partition()))
			.count();
	}

	/**
	 * Returns {@code null} if nothing is left.
	 */
	private static @Nullable List<Held> without(List<Held> held, Predicate<Held> removed) {
		List<Held> left = held.stream().filter(removed.negate()).toList();
		return left.isEmpty() ? null : left;
	}

	private static List<Held> latest(List<Held> held) {
		return held.stream()
			.sorted(Comparator.comparing(Held::expires).reversed())
			.limit(VoiceStore.MOST_VOICES)
			.toList();
	}

	private static List<Voice> voices(List<Held> held, Instant now) {
		return held.stream().filter((voice) -> !voice.isOver(now)).map(Held::voice).toList();
	}

	/**
	 * Without model and template, which may be long.
	 */
	private static CacheKey keyOf(CacheKey shared) {
		Partition partition = shared.partition();
		return new CacheKey(new Partition(partition.id(), partition.task(), null, null, null), shared.digest());
	}

	private record Held(Voice voice, Instant expires) {

		boolean isOver(Instant now) {
			return !now.isBefore(this.expires);
		}

		boolean isOf(Partition partition) {
			return this.voice.entry().partition().equals(partition);
		}

	}

}
