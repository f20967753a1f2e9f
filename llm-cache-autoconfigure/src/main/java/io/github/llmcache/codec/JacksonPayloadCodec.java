package io.github.llmcache.codec;

import java.lang.reflect.Type;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.exc.InvalidDefinitionException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.util.StdDateFormat;
import io.github.llmcache.platform.RecentValues;

/**
 * Payloads as JSON of the declared type.
 * <p>
 * The application's own mapper is used, so that its modules, mix-ins, naming and formats
 * of single types and properties apply. Settings that would lose values are not used.
 * Default typing is off, so that no class is loaded because stored bytes name it. Unknown
 * properties are an error. Nothing is left out because it is {@code null}, empty or a
 * default. Dates and times are ISO 8601 with their own offset and zone, whatever the date
 * format and time zone are.
 * <p>
 * An answer is encoded only if decoding gives an equal one, compared down to every field,
 * hidden ones included and transient ones excluded, and by {@code equals} for classes of
 * the platform. What would not come back equal is not stored. Collections and maps may
 * come back as other ones with equal content; a {@code Set} keeps its order. An answer of
 * another version of the type is never half read: the shape of a type changes with the
 * fields, constants, permitted subclasses and Jackson's annotations of all classes that
 * can be reached from it.
 * <p>
 * Safe for use by many threads.
 */
public final class JacksonPayloadCodec implements PayloadCodec {

	/**
	 * Far more types than are declared: types made at run time must not fill the heap.
	 */
	private static final int MAX_SHAPES = 10_000;

	private final JsonMapper mapper;

	/** Answers to be copied, by their payloads. */
	private final RecentValues<Source, Object> recent = new RecentValues<>(4096);

	private final Map<Type, String> shapes = new ConcurrentHashMap<>();

	/**
	 * Create the codec.
	 * @param mapper the application's mapper, which is not changed
	 */
	public JacksonPayloadCodec(JsonMapper mapper) {
		this.mapper = mapper.rebuild()
			.deactivateDefaultTyping()
			.changeDefaultPropertyInclusion((inclusion) -> JsonInclude.Value.construct(Include.ALWAYS, Include.ALWAYS))
			.enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
					DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
			.defaultDateFormat(new StdDateFormat())
			.defaultTimeZone(StdDateFormat.getDefaultTimeZone())
			.enable(DateTimeFeature.WRITE_DATES_WITH_ZONE_ID)
			.disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS, DateTimeFeature.WRITE_DURATIONS_AS_TIMESTAMPS,
					DateTimeFeature.WRITE_DATES_WITH_CONTEXT_TIME_ZONE,
					DateTimeFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE, DateTimeFeature.NORMALIZE_DESERIALIZED_ZONE_ID,
					DateTimeFeature.TRUNCATE_TO_MSECS_ON_READ, DateTimeFeature.TRUNCATE_TO_MSECS_ON_WRITE)
			.addModule(new SimpleModule("llm-cache-sets").addAbstractTypeMapping(Set.class, LinkedHashSet.class))
			.build();
	}

	@Override
	public byte[] encode(Object value, Type type) {
		byte[] payload = write(value, type);
		String difference = difference(value, decode(payload, type), type);
		if (difference != null) {
			throw new PayloadException(describe(value, type) + " would come back different: " + difference, null);
		}
		return payload;
	}

	/**
	 * A copy for the same bytes while they are remembered, which shares what nobody can
	 * change: a store in this JVM has the bytes of an answer as one array, and reading
	 * JSON takes longer than all else that a hit does.
	 */
	@Override
	public Object decode(byte[] payload, Type type) {
		Source source = new Source(payload, type);
		Object known = this.recent.get(source);
		if (known != null) {
			return DecodedCopies.copy(known);
		}
		Object value = read(payload, type);
		Object original = DecodedCopies.original(value);
		if (original != null) {
			this.recent.put(source, original);
		}
		return value;
	}

	private Object read(byte[] payload, Type type) {
		Object value;
		try {
			value = this.mapper.readValue(payload, javaType(type));
		}
		catch (JacksonException | IllegalArgumentException ex) {
			throw new PayloadException("The payload is not JSON of type " + type.getTypeName(), ex);
		}
		if (value == null) {
			throw new PayloadException("The payload holds no value of type " + type.getTypeName(), null);
		}
		return value;
	}

	/**
	 * A type is asked to read a truth value: it may say that it needs something else, but
	 * if it has no creator, it says so. Elements count, because what has none is not
	 * stored.
	 */
	@Override
	public boolean supports(Type type) {
		for (JavaType current = javaType(type); current != null; current = current.getContentType()) {
			try {
				this.mapper.readValue("true", current);
			}
			catch (InvalidDefinitionException ex) {
				return false;
			}
			catch (RuntimeException ex) {
				// not that value
			}
		}
		return true;
	}

	@Override
	public String shape(Type type) {
		String shape = this.shapes.get(type);
		if (shape == null) {
			shape = TypeShape.of(type);
			if (this.shapes.size() < MAX_SHAPES) {
				this.shapes.put(type, shape);
			}
		}
		return shape;
	}

	private byte[] write(Object value, Type type) {
		try {
			return this.mapper.writerFor(javaType(type)).writeValueAsBytes(value);
		}
		catch (JacksonException | IllegalArgumentException ex) {
			throw new PayloadException(describe(value, type) + " cannot be written", ex);
		}
	}

	private static @Nullable String difference(Object value, Object copy, Type type) {
		try {
			return RoundTrip.difference(value, copy);
		}
		catch (RuntimeException ex) {
			throw new PayloadException(describe(value, type) + " cannot be compared with what comes back", ex);
		}
	}

	private static String describe(Object value, Type type) {
		return "An answer of type " + value.getClass().getName() + " as JSON of the declared type "
				+ type.getTypeName();
	}

	private JavaType javaType(Type type) {
		return this.mapper.constructType(type);
	}

	/**
	 * Where an answer was read from: the same array, not an equal one.
	 */
	private record Source(byte[] payload, Type type) {

		@Override
		public boolean equals(@Nullable Object other) {
			return other instanceof Source source && this.payload == source.payload && this.type.equals(source.type);
		}

		@Override
		public int hashCode() {
			return System.identityHashCode(this.payload);
		}

	}

}
