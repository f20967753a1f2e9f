package io.github.llmcache.key;

import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.NopAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.node.ObjectNode;

import io.github.llmcache.annotation.LlmCacheIgnore;
import io.github.llmcache.core.Argument;
import io.github.llmcache.core.UncacheableArgumentException;

/**
 * Writes arguments so that equal values give equal bytes, in every JVM, and different
 * values different ones.
 */
final class CanonicalJson {

	/**
	 * Far beyond any prompt context; ends the walk through a container's object graph.
	 */
	static final int MAX_BYTES = 16 << 20;

	private final JsonMapper mapper;

	CanonicalJson() {
		this.mapper = JsonMapper.builder()
			.annotationIntrospector(new IgnoreIntrospector())
			.changeDefaultVisibility((visibility) -> visibility.withVisibility(PropertyAccessor.ALL, Visibility.NONE)
				.withVisibility(PropertyAccessor.FIELD, Visibility.ANY))
			.enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
			.enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS,
					SerializationFeature.FAIL_ON_ORDER_MAP_BY_INCOMPARABLE_KEY,
					SerializationFeature.FAIL_ON_EMPTY_BEANS)
			.enable(DateTimeFeature.WRITE_DATES_WITH_ZONE_ID)
			.enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
			.addModule(module())
			.build();
	}

	private JacksonModule module() {
		SimpleModule module = new SimpleModule("llm-cache-canonical");
		for (Class<?> type : List.of(AutoCloseable.class, Iterator.class, Future.class, Thread.class,
				ClassLoader.class)) {
			module.addSerializer(type, new RefusingSerializer());
		}
		module.addSerializer(Enum.class, new EnumSerializer());
		module.setSerializerModifier(new CanonicalSerializerModifier(this::writeElement));
		return module;
	}

	byte[] write(Argument argument) {
		Object value = argument.value();
		try {
			byte[] json = write(value, new AtomicInteger(MAX_BYTES));
			if (argument.without().isEmpty()) {
				return json;
			}
			JsonNode tree = this.mapper.readTree(json);
			remove(tree, argument.without());
			return this.mapper.writeValueAsBytes(tree);
		}
		catch (RuntimeException | StackOverflowError ex) {
			throw new UncacheableArgumentException(argument.name(), (value != null) ? value.getClass() : Object.class,
					ex);
		}
	}

	private byte[] write(@Nullable Object value, AtomicInteger remainingBytes) {
		BoundedOutput output = new BoundedOutput(remainingBytes);
		this.mapper.writer().withAttribute(AtomicInteger.class, remainingBytes).writeValue(output, value);
		return output.toByteArray();
	}

	private String writeElement(@Nullable Object element, SerializationContext context) {
		if (!(context.getAttribute(AtomicInteger.class) instanceof AtomicInteger remainingBytes)) {
			throw new IllegalStateException("Not called by write");
		}
		return new String(write(element, remainingBytes), StandardCharsets.UTF_8);
	}

	private static void remove(JsonNode tree, List<String> path) {
		JsonNode parent = tree;
		for (String name : path.subList(0, path.size() - 1)) {
			parent = parent.path(name);
		}
		if (!(parent instanceof ObjectNode object) || object.remove(path.get(path.size() - 1)) == null) {
			throw new IllegalArgumentException("There is no field '" + String.join(".", path)
					+ "' to tell the prompt from the rest of the argument");
		}
	}

	/**
	 * Only our own annotation counts: what others hide from their JSON still decides
	 * about the answer.
	 */
	private static final class IgnoreIntrospector extends NopAnnotationIntrospector {

		@Override
		public boolean hasIgnoreMarker(MapperConfig<?> config, AnnotatedMember member) {
			return member.hasAnnotation(LlmCacheIgnore.class);
		}

	}

	/**
	 * The name alone does not tell constants of two enums apart.
	 */
	@SuppressWarnings("rawtypes")
	private static final class EnumSerializer extends ValueSerializer<Enum> {

		@Override
		public void serialize(Enum value, JsonGenerator generator, SerializationContext context) {
			generator.writeString(value.getDeclaringClass().getName() + "." + value.name());
		}

	}

	/**
	 * For what is used up by reading it, or stands for something outside of the call.
	 */
	private static final class RefusingSerializer extends ValueSerializer<Object> {

		@Override
		public void serialize(@Nullable Object value, JsonGenerator generator, SerializationContext context) {
			context.reportMappingProblem("Not a value");
		}

	}

}
