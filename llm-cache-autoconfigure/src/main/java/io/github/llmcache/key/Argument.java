package io.github.llmcache.key;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * One argument that has to be equal for an answer to be reusable.
 *
 * @param name the name of the parameter, or any name that is unique within the identity
 * @param value the value, of any type that can be written as canonical JSON
 * @param without the path of a property that is left out of the value because it plays
 * another role, such as the prompt inside a request object; outermost property first,
 * empty if the whole value counts
 */
public record Argument(String name, @Nullable Object value, List<String> without) {

	public Argument {
		without = List.copyOf(without);
	}

	/**
	 * Create an argument whose whole value counts.
	 * @param name the name
	 * @param value the value
	 */
	public Argument(String name, @Nullable Object value) {
		this(name, value, List.of());
	}

	/**
	 * The name only: values do not appear in log lines.
	 */
	@Override
	public String toString() {
		return this.name;
	}

}
