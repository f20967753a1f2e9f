package io.github.llmcache.metrics;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * Makes one value for each name, up to a number of names; all further names share the
 * value of {@value #OTHER}, so that names that turn out to be unbounded cost no memory.
 */
final class BoundedMap<V> {

	static final String OTHER = "other";

	private final Map<String, V> values = new ConcurrentHashMap<>();

	private final int limit;

	private final Function<String, V> factory;

	/**
	 * The limit may be exceeded by {@value #OTHER}, and by as many names as there are
	 * threads that come with a new one at the same moment.
	 */
	BoundedMap(int limit, Function<String, V> factory) {
		this.limit = limit;
		this.factory = factory;
	}

	V get(String name) {
		V value = this.values.get(name);
		if (value != null) {
			return value;
		}
		return this.values.computeIfAbsent((this.values.size() < this.limit) ? name : OTHER, this.factory);
	}

	void forEach(BiConsumer<String, V> action) {
		this.values.forEach(action);
	}

}
