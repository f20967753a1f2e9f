package io.github.llmcache.key;

import java.io.OutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Set;

import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;

import org.springframework.util.ClassUtils;

import io.github.llmcache.key.PlatformValues.Form;

/**
 * JSON that distinguishes types. By itself, JSON does so for texts, truth values, whole
 * numbers, decimals, lists and maps with text keys; whatever else looks like one of these
 * is written together with its type, unless it is in a field that allows no other.
 */
final class TypedJson {

	private static final Set<Class<?>> PLAIN = Set.of(String.class, Boolean.class, Integer.class, Double.class);

	/** The text of a decimal by JDK 17 differs from that by JDK 19; this one does not. */
	private static final JsonFactory FACTORY = JsonFactory.builder()
		.enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
		.streamWriteConstraints(StreamWriteConstraints.builder().maxNestingDepth(Integer.MAX_VALUE).build())
		.build();

	private final JsonGenerator generator;

	TypedJson(OutputStream output) {
		this.generator = FACTORY.createGenerator(ObjectWriteContext.empty(), output);
	}

	JsonGenerator generator() {
		return this.generator;
	}

	/**
	 * Begin an object that is a type and a content.
	 */
	void start(Class<?> type) {
		this.generator.writeStartObject();
		type(type);
		content();
	}

	void type(Class<?> type) {
		this.generator.writeStringProperty("@class", type.getName());
	}

	void content() {
		this.generator.writeName("@value");
	}

	static boolean isImplied(Form form, Class<?> declared) {
		return isImplied(form.type(), declared) || (PLAIN.contains(form.type()) && !isSpecial(form.content()));
	}

	/**
	 * Whether the type of a field implies this type, which then need not be written.
	 */
	static boolean isImplied(Class<?> type, Class<?> declared) {
		return type.isAssignableFrom(ClassUtils.resolvePrimitiveIfNecessary(declared));
	}

	/**
	 * JSON has texts only for what is not a number.
	 */
	private static boolean isSpecial(Object content) {
		return content instanceof Double decimal && !Double.isFinite(decimal);
	}

	void scalar(Object content) {
		if (content instanceof Number number) {
			number(number);
		}
		else if (content instanceof Boolean truth) {
			this.generator.writeBoolean(truth);
		}
		else if (content instanceof byte[] bytes) {
			this.generator.writeBinary(bytes);
		}
		else {
			this.generator.writeString((String) content);
		}
	}

	private void number(Number number) {
		if (number instanceof Double decimal) {
			this.generator.writeNumber(decimal.doubleValue());
		}
		else if (number instanceof Float decimal) {
			this.generator.writeNumber(decimal.floatValue());
		}
		else if (number instanceof BigDecimal decimal) {
			this.generator.writeNumber(decimal);
		}
		else if (number instanceof BigInteger integer) {
			this.generator.writeNumber(integer);
		}
		else {
			this.generator.writeNumber(number.longValue());
		}
	}

}
