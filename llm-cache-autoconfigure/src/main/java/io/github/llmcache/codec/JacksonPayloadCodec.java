package io.github.llmcache.codec;

import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.json.JsonMapper;

import io.github.llmcache.core.PayloadCodec;
import io.github.llmcache.core.PayloadException;

/**
 * Payloads as JSON of the declared type.
 * <p>
 * The application's own mapper is used, so that its modules and mix-ins apply, but
 * strictly: default typing is off, so that no class is loaded because stored bytes name
 * it, and unknown properties are an error; and nothing is left out because it is
 * {@code null} or empty. An answer is encoded only if decoding gives objects of the same
 * classes with the same JSON: what cannot come back whole is not stored. Collections and
 * maps may come back as others of equal content. An answer of another version of the type
 * is not half read: a type's shape changes with the fields, constants, permitted
 * subclasses and Jackson's annotations of all classes that can be reached from it.
 * <p>
 * Safe for use by many threads.
 */
public final class JacksonPayloadCodec implements PayloadCodec {

	/**
	 * Far more types than are declared: types made at run time must not fill the heap.
	 */
	private static final int MAX_SHAPES = 10_000;

	private final JsonMapper mapper;

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
			.build();
	}

	@Override
	public byte[] encode(Object value, Type type) {
		byte[] payload = write(value, type);
		Object copy = decode(payload, type);
		if (!Arrays.equals(payload, write(copy, type)) || !RoundTrip.isWhole(value, copy)) {
			throw new PayloadException("An answer of type " + value.getClass().getName()
					+ " does not come back whole from JSON of the declared type " + type.getTypeName(), null);
		}
		return payload;
	}

	@Override
	public Object decode(byte[] payload, Type type) {
		Object value;
		try {
			value = this.mapper.readValue(payload, javaType(type));
		}
		catch (JacksonException | IllegalArgumentException ex) {
			throw new PayloadException("The payload is no JSON of type " + type.getTypeName(), ex);
		}
		if (value == null) {
			throw new PayloadException("The payload holds no value of type " + type.getTypeName(), null);
		}
		return value;
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
			throw new PayloadException("An answer of type " + value.getClass().getName()
					+ " cannot be written as JSON of the declared type " + type.getTypeName(), ex);
		}
	}

	private JavaType javaType(Type type) {
		return this.mapper.constructType(type);
	}

}
