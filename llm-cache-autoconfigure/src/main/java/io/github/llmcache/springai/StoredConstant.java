package io.github.llmcache.springai;

import java.util.Arrays;

import org.springframework.util.ClassUtils;

/**
 * The constant of an enumeration as text, like a provider's finish reason.
 */
final class StoredConstant {

	private static final char SEPARATOR = '#';

	private StoredConstant() {
	}

	static String write(Object value) {
		Enum<?> constant = (Enum<?>) value;
		return constant.getDeclaringClass().getName() + SEPARATOR + constant.name();
	}

	/**
	 * The constant, or its name if this application does not know it. Nothing but an
	 * enumeration is ever loaded by its name.
	 */
	static Object read(String text) {
		int separator = text.lastIndexOf(SEPARATOR);
		String name = text.substring(separator + 1);
		Class<?> type;
		try {
			// does not initialize the class
			type = ClassUtils.forName(text.substring(0, Math.max(0, separator)), null);
		}
		catch (ClassNotFoundException | LinkageError | IllegalArgumentException ex) {
			return name;
		}
		if (!type.isEnum()) {
			return name;
		}
		return Arrays.<Object>stream(type.getEnumConstants())
			.filter((constant) -> ((Enum<?>) constant).name().equals(name))
			.findFirst()
			.orElse(name);
	}

}
