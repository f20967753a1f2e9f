package io.github.llmcache.platform;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.SortedMap;
import java.util.SortedSet;

import org.jspecify.annotations.Nullable;

/**
 * What values of the platform's classes hold besides their elements.
 */
public final class PlatformState {

	private PlatformState() {
	}

	/**
	 * Whether a class is part of the Java platform, whose fields are not ours to read.
	 * @param type the class
	 * @return {@code true} if a class loader of the JDK has loaded it
	 */
	public static boolean isPlatform(Class<?> type) {
		ClassLoader loader = type.getClassLoader();
		return loader == null || loader == ClassLoader.getPlatformClassLoader();
	}

	/**
	 * What a collection or map is sorted by.
	 * @param container the collection or map
	 * @return the comparator; {@code null} if there is none
	 */
	public static @Nullable Comparator<?> comparator(Object container) {
		if (container instanceof SortedMap<?, ?> map) {
			return map.comparator();
		}
		return (container instanceof SortedSet<?> set) ? set.comparator() : null;
	}

	/**
	 * The texts of properties, those of their defaults included.
	 * @param properties the properties
	 * @return a copy
	 */
	public static Map<String, String> texts(Properties properties) {
		Map<String, String> texts = new HashMap<>();
		properties.stringPropertyNames().forEach((name) -> texts.put(name, properties.getProperty(name)));
		return texts;
	}

}
