package io.github.llmcache.codec;

import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/**
 * Types of answers to encode.
 */
final class SampleAnswers {

	private SampleAnswers() {
	}

	record Answer(String text, int tokens, List<String> sources) {

	}

	record Box<T>(T content) {

	}

	@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
	@JsonSubTypes({ @JsonSubTypes.Type(value = Circle.class, name = "circle"),
			@JsonSubTypes.Type(value = Square.class, name = "square") })
	sealed interface Shape {

	}

	record Circle(double radius) implements Shape {

	}

	record Square(double side) implements Shape {

	}

	record Secretive(String text, @JsonIgnore String secret) {

	}

	interface Renamed {

		@JsonProperty("length")
		double side();

	}

	record Failing(String text) {

		@Override
		public String text() {
			throw new IllegalStateException(this.text);
		}

	}

	static class BaseAnswer {

		public String text;

		BaseAnswer() {
		}

		BaseAnswer(String text) {
			this.text = text;
		}

	}

	static final class SubAnswer extends BaseAnswer {

		@JsonIgnore
		public String detail;

		SubAnswer(String text, String detail) {
			super(text);
			this.detail = detail;
		}

	}

	static final class SecretiveBean extends BaseAnswer {

		@JsonIgnore
		private String secret;

		SecretiveBean() {
		}

		SecretiveBean(String text, String secret) {
			super(text);
			this.secret = secret;
		}

	}

	static final class NoCreator {

		public final String text;

		NoCreator(String text) {
			this.text = text;
		}

	}

	public static class Loud extends BaseAnswer {

	}

	record Counted(String text, @JsonIgnore int count) {

	}

	static final class TaggedList extends ArrayList<String> {

		private static final long serialVersionUID = 1;

		private final String tag;

		TaggedList(List<String> elements, String tag) {
			super(elements);
			this.tag = tag;
		}

		String tag() {
			return this.tag;
		}

	}

	static final class OwnList extends ArrayList<String> {

		private static final long serialVersionUID = 1;

		OwnList(List<String> elements) {
			super(elements);
		}

	}

}
