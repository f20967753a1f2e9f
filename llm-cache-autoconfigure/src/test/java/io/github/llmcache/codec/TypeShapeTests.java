package io.github.llmcache.codec;

import java.lang.reflect.Type;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.ResolvableType;

import io.github.llmcache.codec.SampleAnswers.Answer;
import io.github.llmcache.codec.SampleAnswers.Box;
import io.github.llmcache.codec.SampleAnswers.Circle;
import io.github.llmcache.codec.SampleAnswers.OwnList;
import io.github.llmcache.codec.SampleAnswers.Shape;
import io.github.llmcache.codec.SampleAnswers.SubAnswer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link TypeShape}: a type that was changed has another shape, and one that
 * was not has the same shape in every JVM.
 */
class TypeShapeTests {

	private static final String SOURCE = """
			package answers;

			import java.util.*;
			import com.fasterxml.jackson.annotation.*;
			import tools.jackson.databind.*;
			import tools.jackson.databind.annotation.*;

			public record Answer(String text, List<Source> sources, Kind kind, Detail detail, Map<String, Extra[]> extras,
					Pair<? extends Left, Note> pair, Money price) {
			}

			record Source(String title, int rank, Answer cause) {
			}

			enum Kind {
				SHORT, @JsonProperty("long") LONG
			}

			sealed interface Detail permits Plain, Rich {
			}

			record Plain(String line) implements Detail {
			}

			record Rich(String html) implements Detail {
			}

			@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
			@JsonSubTypes({ @JsonSubTypes.Type(value = Link.class, name = "link") })
			interface Extra {
			}

			record Link(@JsonProperty("href") String url) implements Extra {
			}

			record Image(String data) implements Extra {
			}

			record Pair<A, B extends Note>(A first, B second) {
			}

			record Left(int value) {
			}

			class BaseNote {
				public String author;
			}

			@JsonIgnoreProperties({ "one", "two" })
			class Note extends BaseNote {
				static String counter;
				transient String cached;
				public String body;
				public String topic;
				@Amount
				public long amount;

				@JsonGetter("size")
				int size() {
					return 0;
				}

				String describe() {
					return "";
				}
			}

			@JacksonAnnotationsInside
			@JsonFormat(shape = JsonFormat.Shape.STRING)
			@java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.RUNTIME)
			@interface Amount {
			}

			class Money {
				private final long cents;

				@JsonCreator
				Money(@JsonProperty("cents") long cents) {
					this.cents = cents;
				}

				@JsonValue
				Coins toCoins() {
					return null;
				}
			}

			record Coins(int cents) {
			}
			""";

	@TempDir
	private static Path directory;

	private static Class<?> original;

	@BeforeAll
	static void compileTheOriginal() throws Exception {
		original = CompiledTypes.answer(directory, SOURCE);
	}

	static Stream<Arguments> changes() {
		return Stream.of(change("component added", "String text,", "String text, String language,"),
				change("component removed", ", Money price", ""),
				change("component renamed", "String text,", "String body,"),
				change("type of a component changed", "String text", "Object text"),
				change("components in another order", "Kind kind, Detail detail", "Detail detail, Kind kind"),
				change("other collection", "List<Source>", "Set<Source>"),
				change("other elements", "List<Source>", "List<Left>"), change("other array", "Extra[]", "Extra[][]"),
				change("nested record: component added", "int rank,", "int rank, int page,"),
				change("nested record: type changed", "int rank", "long rank"),
				change("enum: constant added", "SHORT,", "SHORT, MEDIUM,"),
				change("enum: constant renamed", "SHORT", "BRIEF"), change("enum: constant removed", "SHORT,", ""),
				change("enum: constant's property renamed", "\"long\"", "\"lengthy\""),
				change("sealed: subclass added", "permits Plain, Rich {\n}",
						"permits Plain, Rich, Table {\n}\nrecord Table() implements Detail {\n}"),
				change("sealed: subclass changed", "Rich(String html", "Rich(String markdown"),
				change("annotated subclass renamed", "\"link\"", "\"url\""),
				change("annotated subclass added", "name = \"link\") }",
						"name = \"link\"), @JsonSubTypes.Type(Image.class) }"),
				change("annotated subclass changed", "href\") String url", "href\") Object url"),
				change("type property renamed", "property = \"type\"", "property = \"kind\""),
				change("property renamed", "\"href\"", "\"url\""),
				change("property no longer renamed", "@JsonProperty(\"href\")", ""),
				change("property ignored", "String title", "@JsonIgnore String title"),
				change("other properties ignored", "{ \"one\", \"two\" }", "{ \"one\", \"too\" }"),
				change("other names", "record Source",
						"@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class) record Source"),
				change("generic argument changed", "record Left(int value", "record Left(long value"),
				change("type variables in another order", "Pair<A, B extends Note>(A first, B second)",
						"Pair<B, A extends Note>(A first, B second)"),
				change("bound changed", "B extends Note", "B extends BaseNote"),
				change("inherited field added", "String author;", "String author; public String date;"),
				change("superclass gone", "Note extends BaseNote", "Note"),
				change("annotated method renamed", "\"size\"", "\"length\""),
				change("bundle of annotations changed", "Shape.STRING", "Shape.NUMBER"),
				change("creator's property renamed", "\"cents\"", "\"amount\""),
				change("what stands for the value changed", "Coins(int cents)", "Coins(int cents, int euros)"));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("changes")
	void changedTypeHasAnotherShape(String change, String from, String to) throws Exception {
		Class<?> changed = compileWith(from, to);
		assertThat(changed.getTypeName()).isEqualTo(original.getTypeName());
		assertThat(TypeShape.of(changed)).isNotEqualTo(TypeShape.of(original));
		assertThat(TypeShape.of(type(List.class, changed))).isNotEqualTo(TypeShape.of(type(List.class, original)));
		assertThat(TypeShape.of(changed.arrayType())).isNotEqualTo(TypeShape.of(original.arrayType()));
	}

	static Stream<Arguments> harmlessChanges() {
		return Stream.of(change("none", "", ""),
				change("enum: constants in another order", "SHORT, @JsonProperty(\"long\") LONG",
						"@JsonProperty(\"long\") LONG, SHORT"),
				change("enum: constant with a body", "SHORT,",
						"SHORT { @Override public String toString() { return super.toString(); } },"),
				change("sealed: subclasses in another order", "permits Plain, Rich", "permits Rich, Plain"),
				change("fields in another order", "public String body;\n\tpublic String topic;",
						"public String topic;\n\tpublic String body;"),
				change("static field", "static String counter", "static int count"),
				change("transient field", "transient String cached", "transient int count"),
				change("method", "String describe()", "String explain(int detail)"),
				change("nested class that is not reached", "record Coins(int cents) {",
						"record Coins(int cents) { record Other() { }"),
				change("default of an annotation", "@JsonProperty(\"href\")",
						"@JsonProperty(index = JsonProperty.INDEX_UNKNOWN, value = \"href\")"),
				change("annotation of somebody else", "@interface Amount",
						"@java.lang.annotation.Documented @interface Amount"));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("harmlessChanges")
	void typeThatIsWrittenAsBeforeHasTheSameShape(String change, String from, String to) throws Exception {
		Class<?> same = compileWith(from, to);
		assertThat(same).isNotSameAs(original);
		assertThat(TypeShape.of(same)).isEqualTo(TypeShape.of(original)).startsWith("answers.Answer#");
		assertThat(TypeShape.of(type(Map.class, String.class, same)))
			.isEqualTo(TypeShape.of(type(Map.class, String.class, original)));
	}

	/**
	 * If this has to change, the stored answers of all types but those of the platform
	 * are lost.
	 */
	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					answer | io.github.llmcache.codec.SampleAnswers$Answer#06760db1563719ab
					answers | java.util.List<io.github.llmcache.codec.SampleAnswers$Answer>#06760db1563719ab
					box | io.github.llmcache.codec.SampleAnswers$Box<io.github.llmcache.codec.SampleAnswers$Answer>#07c71031722e5010
					shape | io.github.llmcache.codec.SampleAnswers$Shape#c7401db47b73492c
					subclass | io.github.llmcache.codec.SampleAnswers$SubAnswer#39e4947058e1c93f
					tree | io.github.llmcache.codec.TypeShapeTests$Tree#95524e1d34e554d3
					""")
	void shapesAreThoseThatAnswersWereStoredUnder(String name, String shape) {
		Map<String, Type> types = Map.of("answer", Answer.class, "answers", type(List.class, Answer.class), "box",
				type(Box.class, Answer.class), "shape", Shape.class, "subclass", SubAnswer.class, "tree", Tree.class);
		assertThat(TypeShape.of(types.get(name))).isEqualTo(shape);
	}

	@Test
	void typeOfThePlatformIsItsName() {
		for (Type type : List.of(String.class, int.class, byte[].class, LocalDate.class, JsonNode.class,
				type(Map.class, String.class, type(List.class, Object.class)))) {
			assertThat(TypeShape.of(type)).isEqualTo(type.getTypeName());
		}
	}

	@Test
	void differentTypesHaveDifferentShapes() {
		assertThat(List.of(Answer.class, Circle.class, Shape.class, Box.class, OwnList.class, Answer[].class,
				type(Box.class, Answer.class), type(Box.class, Circle.class), type(Box.class, String.class),
				type(List.class, Answer.class), type(Set.class, Answer.class)))
			.extracting(TypeShape::of)
			.doesNotHaveDuplicates();
	}

	@Test
	void shapeOfATypeIsComputedOnce() {
		JacksonPayloadCodec codec = new JacksonPayloadCodec(JsonMapper.builder().build());
		String shape = codec.shape(type(List.class, Tree.class));
		assertThat(shape).isEqualTo(TypeShape.of(type(List.class, Tree.class)));
		assertThat(codec.shape(type(List.class, Tree.class))).isSameAs(shape);
	}

	@Test
	void typesMadeAtRunTimeDoNotFillTheHeap() {
		JacksonPayloadCodec codec = new JacksonPayloadCodec(JsonMapper.builder().build());
		String first = codec.shape(Answer.class);
		for (int i = 0; i < 10_000; i++) {
			codec.shape(new Type() {
			});
		}
		assertThat(codec.shape(Answer.class)).isSameAs(first);
		assertThat(codec.shape(Circle.class)).isEqualTo(TypeShape.of(Circle.class))
			.isNotSameAs(codec.shape(Circle.class));
	}

	private static Class<?> compileWith(String from, String to) throws Exception {
		assertThat(SOURCE).contains(from);
		return CompiledTypes.answer(directory, SOURCE.replace(from, to));
	}

	private static Arguments change(String change, String from, String to) {
		return Arguments.of(change, from, to);
	}

	private static Type type(Class<?> type, Type... arguments) {
		return ResolvableType
			.forClassWithGenerics(type,
					Stream.of(arguments).map(ResolvableType::forType).toArray(ResolvableType[]::new))
			.getType();
	}

	record Tree<T extends Comparable<T>>(@JsonProperty("key") T name, List<Tree<T>> children, Map<String, ?>[] extras,
			Tree<T>[] others) {

	}

}
