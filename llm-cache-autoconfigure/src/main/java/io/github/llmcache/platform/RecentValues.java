package io.github.llmcache.platform;

import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * Remembers what was computed from recent keys, for results that can be computed again at
 * any time.
 * <p>
 * Each key has one place, which the next key of that place takes over. The garbage
 * collector takes keys and values when it likes, so that they do not count as memory in
 * use, and nothing personal stays. Neither a lookup nor an addition takes a lock. Safe
 * for use by many threads.
 *
 * @param <K> type of the keys, compared by {@code equals}
 * @param <V> type of the values; given to many threads, and so immutable
 */
public final class RecentValues<K, V> {

	private final AtomicReferenceArray<@Nullable Reference<Known<K, V>>> places;

	/**
	 * Begin without any value.
	 * @param size the most values that are remembered; a power of two
	 */
	public RecentValues(int size) {
		if (Integer.bitCount(size) != 1) {
			throw new IllegalArgumentException("The size must be a power of two but is " + size);
		}
		this.places = new AtomicReferenceArray<>(size);
	}

	/**
	 * Look for a value.
	 * @param key its key
	 * @return the value, or {@code null} if it is no longer known
	 */
	public @Nullable V get(K key) {
		Reference<Known<K, V>> reference = this.places.getAcquire(place(key));
		Known<K, V> known = (reference != null) ? reference.get() : null;
		return (known != null && known.key().equals(key)) ? known.value() : null;
	}

	/**
	 * Look for a value, or compute and remember it.
	 * @param key its key
	 * @param computation computes the value from the key, on this thread and without a
	 * lock, so that several threads may do so at once; what it throws is thrown
	 * @return the value
	 */
	public V computeIfAbsent(K key, Function<? super K, ? extends V> computation) {
		V known = get(key);
		if (known != null) {
			return known;
		}
		V computed = computation.apply(key);
		put(key, computed);
		return computed;
	}

	/**
	 * Remember a value.
	 * @param key its key
	 * @param value the value
	 */
	public void put(K key, V value) {
		this.places.setRelease(place(key), new WeakReference<>(new Known<>(key, value)));
	}

	private int place(K key) {
		int hash = key.hashCode();
		return (hash ^ (hash >>> 16)) & (this.places.length() - 1);
	}

	private record Known<K, V>(K key, V value) {

	}

}
