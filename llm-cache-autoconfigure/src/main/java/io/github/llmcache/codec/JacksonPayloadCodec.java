package io.github.llmcache.codec;

import java.lang.reflect.Type;
import java.util.Arrays;

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
 * it, and unknown properties are an error, so that an answer of another version of the
 * type is not half read. An answer is encoded only if decoding gives an object of the
 * same class with the same JSON: what cannot come back whole is not stored.
 * <p>
 * Immutable and safe for use by many threads.
 */
public final class JacksonPayloadCodec implements PayloadCodec {

	private final JsonMapper mapper;

	/**
	 * Create the codec.
	 * @param mapper the application's mapper, which is not changed
	 */
	public JacksonPayloadCodec(JsonMapper mapper) {
		this.mapper = mapper.rebuild()
			.deactivateDefaultTyping()
			.enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
					DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
			.build();
	}

	@Override
	public byte[] encode(Object value, Type type) {
		byte[] payload = write(value, type);
		Object copy = decode(payload, type);
		if (isOfOtherClass(value, copy) || !Arrays.equals(payload, write(copy, type))) {
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

	/**
	 * The platform's collections may come back as others: they have equal content.
	 */
	private static boolean isOfOtherClass(Object value, Object copy) {
		return value.getClass() != copy.getClass() && !value.getClass().getName().startsWith("java.");
	}

}
