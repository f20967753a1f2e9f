package io.github.llmcache.store.redis;

import java.nio.charset.StandardCharsets;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What a script returned: numbers, bytes, nothing, and lists of these.
 */
record Reply(List<? extends @Nullable Object> elements) {

	int size() {
		return this.elements.size();
	}

	byte @Nullable [] bytes(int index) {
		return (byte[]) this.elements.get(index);
	}

	byte[] requiredBytes(int index) {
		byte[] bytes = bytes(index);
		if (bytes == null) {
			throw new IllegalStateException("The script returned nothing in place " + index);
		}
		return bytes;
	}

	String text(int index) {
		return new String(requiredBytes(index), StandardCharsets.UTF_8);
	}

	long number(int index) {
		Object element = this.elements.get(index);
		return (element instanceof Long number) ? number : Long.parseLong(text(index));
	}

	@SuppressWarnings("unchecked")
	@Nullable Reply list(int index) {
		Object element = this.elements.get(index);
		return (element != null) ? new Reply((List<? extends @Nullable Object>) element) : null;
	}

	Reply requiredList(int index) {
		Reply list = list(index);
		if (list == null) {
			throw new IllegalStateException("The script returned nothing in place " + index);
		}
		return list;
	}

}
