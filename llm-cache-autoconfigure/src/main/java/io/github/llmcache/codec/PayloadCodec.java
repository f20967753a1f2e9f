package io.github.llmcache.codec;

import java.lang.reflect.Type;

/**
 * Turns answers into bytes and back.
 * <p>
 * Decoding goes to the type that the method declares and never to one that the bytes
 * name. Called by many threads at once.
 */
public interface PayloadCodec {

	/**
	 * Encode an answer.
	 * @param value the answer
	 * @param type the generic type that the method declares
	 * @return the bytes
	 * @throws PayloadException if the answer cannot be encoded so that {@link #decode}
	 * gives it back
	 */
	byte[] encode(Object value, Type type);

	/**
	 * Decode an answer.
	 * @param payload bytes from {@link #encode}, or from anywhere else; nobody changes
	 * them later
	 * @param type the generic type that the method declares
	 * @return a new object, or an immutable one, since callers may change what they get
	 * @throws PayloadException if the bytes do not hold such an answer
	 */
	Object decode(byte[] payload, Type type);

	/**
	 * Whether answers of a type can be decoded. Called when the application starts, so
	 * that its author hears of a method whose answers would never be stored.
	 * @param type the generic type that the method declares
	 * @return {@code false} only if it is certain that they cannot; {@code true} by
	 * default
	 */
	default boolean supports(Type type) {
		return true;
	}

	/**
	 * Describe a type, so that types whose payloads are not interchangeable have
	 * different descriptions. The description is part of the identity: after it has
	 * changed, answers that were stored before are no longer found.
	 * <p>
	 * It is the same in every JVM and after every restart as long as the type does not
	 * change. Called for every request, by many threads at once, so it should be quick.
	 * If it fails, the call bypasses the cache.
	 * @param type the generic type that the method declares
	 * @return the description; the name of the type by default
	 */
	default String shape(Type type) {
		return type.getTypeName();
	}

}
