package io.github.llmcache.platform;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * Makes one value for each name, up to a number of names; all further names share the
 * value of {@value #OTHER}, so that names that turn out to be unbounded cost no memory.
 * May be used by many threads.
 *
 * @param <V> type of the values
 */
public final class BoundedMap<V> {

	/** What all further names are called. */
	public static final String OTHER = "other";

	private final Map<String, V> values = new ConcurrentHashMap<>();

	private final int limit;

	private final Function<String, V> factory;

	/**
	 * Create the map. The limit may be exceeded by {@value #OTHER}, and by as many names
	 * as there are threads that come with a new one at the same moment.
	 * @param limit the highest number of names that have a value of their own
	 * @param factory makes the value of a name
	 */
	public BoundedMap(int limit, Function<String, V> factory) {
		this.limit = limit;
		this.factory = factory;
	}

	/**
	 * Get the value of a name, which is made if it is new.
	 * @param name the name
	 * @return its value, or the one that further names share
	 */
	public V get(String name) {
		V value = this.values.get(name);
		if (value != null) {
			return value;
		}
		return this.values.computeIfAbsent((this.values.size() < this.limit) ? name : OTHER, this.factory);
	}

	/**
	 * Visit all values.
	 * @param action is given each name and its value
	 */
	public void forEach(BiConsumer<String, V> action) {
		this.values.forEach(action);
	}

}
