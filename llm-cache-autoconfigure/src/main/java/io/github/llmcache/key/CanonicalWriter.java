package io.github.llmcache.key;

import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

import io.github.llmcache.key.PlatformValues.Form;
import io.github.llmcache.platform.PlatformState;

/**
 * Writes one value with all that it holds, by a walk through its fields and elements.
 * Used once.
 */
final class CanonicalWriter {

	private static final int MAX_DEPTH = 500;

	private final AtomicInteger remainingBytes;

	private final BoundedOutput output;

	private final TypedJson json;

	private int depth;

	private boolean withoutFound;

	private CanonicalWriter(AtomicInteger remainingBytes, int depth) {
		this.remainingBytes = remainingBytes;
		this.output = new BoundedOutput(remainingBytes);
		this.json = new TypedJson(this.output);
		this.depth = depth;
	}

	/**
	 * Write a value.
	 * @param value the value
	 * @param without the path of a property to leave out, empty if there is none
	 * @param maxBytes bound of all that is written on the way
	 * @return the JSON
	 */
	static byte[] write(@Nullable Object value, List<String> without, int maxBytes) {
		CanonicalWriter writer = new CanonicalWriter(new AtomicInteger(maxBytes), 0);
		byte[] json = writer.writeAll(value, without);
		if (!without.isEmpty() && !writer.withoutFound) {
			throw new NotCanonicalException(
					"there is no field '" + String.join(".", without) + "' to tell the prompt from the rest of it");
		}
		return json;
	}

	private byte[] writeAll(@Nullable Object value, List<String> without) {
		try (JsonGenerator closed = this.json.generator()) {
			write(value, Object.class, without);
		}
		return this.output.toByteArray();
	}

	private void write(@Nullable Object value, Class<?> declared, List<String> without) {
		if (value == null) {
			this.json.generator().writeNull();
			return;
		}
		if (++this.depth > MAX_DEPTH) {
			throw new NotCanonicalException("it contains itself, or is nested too deeply");
		}
		Form form = PlatformValues.of(value);
		if (form != null) {
			write(form, declared);
		}
		else if (value instanceof JsonNode node) {
			writeTyped(JsonNode.class, JsonNodes.content(node));
		}
		else if (!PlatformState.isPlatform(value.getClass())) {
			writeObject(value, without);
		}
		else if (PlatformCollections.isKnown(value.getClass())) {
			writeContent(value, declared, without);
		}
		else {
			throw new NotCanonicalException(value.getClass().getName() + " is not known to be written completely");
		}
		this.depth--;
	}

	private void write(Form form, Class<?> declared) {
		boolean implied = TypedJson.isImplied(form, declared);
		if (!implied) {
			this.json.start(form.type());
		}
		if (form.content() instanceof List<?> list) {
			writeElements(list, form.elements());
		}
		else {
			this.json.scalar(form.content());
		}
		if (!implied) {
			this.json.generator().writeEndObject();
		}
	}

	private void writeObject(Object object, List<String> without) {
		ClassState state = ClassState.of(object.getClass());
		this.json.generator().writeStartObject();
		for (Field field : state.fields()) {
			writeProperty(field.getName(), ClassState.read(field, object), field.getType(), without);
		}
		this.json.type(object.getClass());
		if (ClassState.hasContent(object.getClass())) {
			this.json.content();
			writeContent(object, Object.class, List.of());
		}
		else if (object instanceof Map.Entry<?, ?> entry) {
			this.json.content();
			writeElements(Arrays.asList(entry.getKey(), entry.getValue()), Object.class);
		}
		this.json.generator().writeEndObject();
	}

	private void writeProperty(String name, @Nullable Object value, Class<?> declared, List<String> without) {
		boolean onPath = !without.isEmpty() && without.get(0).equals(name);
		if (onPath && without.size() == 1) {
			this.withoutFound = true;
			return;
		}
		this.json.generator().writeName(name);
		write(value, declared, onPath ? without.subList(1, without.size()) : List.of());
	}

	private void writeContent(Object container, Class<?> declared, List<String> without) {
		Object order = PlatformCollections.order(container);
		if (container instanceof Map<?, ?> map) {
			Map<String, Object> properties = (order == null) ? PlatformCollections.properties(map) : null;
			if (properties != null) {
				this.json.generator().writeStartObject();
				properties.forEach((name, value) -> writeProperty(name, value, Object.class, without));
				this.json.generator().writeEndObject();
			}
			else {
				List<List<?>> entries = new ArrayList<>();
				map.forEach((key, value) -> entries.add(Arrays.asList(key, value)));
				writeTyped((order != null) ? SortedMap.class : Map.class, order, entries);
			}
		}
		else if (container instanceof List<?> list) {
			writeElements(list, Object.class);
		}
		else if (container instanceof Set<?> set && order == null && TypedJson.isImplied(Set.class, declared)) {
			writeSorted(set);
		}
		else if (container instanceof Set<?> set) {
			writeTyped((order != null) ? SortedSet.class : Set.class, order, set);
		}
		else {
			Class<?> type = (container instanceof Queue) ? container.getClass() : Collection.class;
			writeTyped(type, new ArrayList<>((Collection<?>) container));
		}
	}

	private void writeTyped(Class<?> type, @Nullable Object order, Collection<?> elements) {
		this.json.start(type);
		if (order != null) {
			writeElements(elements, Object.class);
			this.json.generator().writeName("@order");
			write(order, Object.class, List.of());
		}
		else {
			writeSorted(elements);
		}
		this.json.generator().writeEndObject();
	}

	private void writeTyped(Class<?> type, @Nullable Object content) {
		this.json.start(type);
		write(content, Object.class, List.of());
		this.json.generator().writeEndObject();
	}

	private void writeElements(Collection<?> elements, Class<?> declared) {
		this.json.generator().writeStartArray();
		for (Object element : elements) {
			write(element, declared, List.of());
		}
		this.json.generator().writeEndArray();
	}

	/**
	 * By the elements' JSON: the order of a set differs from one JVM to the next.
	 */
	private void writeSorted(Collection<?> elements) {
		List<String> written = new ArrayList<>(elements.size());
		for (Object element : elements) {
			byte[] json = new CanonicalWriter(this.remainingBytes, this.depth).writeAll(element, List.of());
			written.add(new String(json, StandardCharsets.UTF_8));
		}
		Collections.sort(written);
		JsonGenerator generator = this.json.generator();
		generator.writeStartArray();
		written.forEach(generator::writeRawValue);
		generator.writeEndArray();
	}

}
