package io.github.llmcache.codec;

import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.text.SimpleDateFormat;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.ParameterizedTypeReference;

import io.github.llmcache.codec.SampleAnswers.Answer;
import io.github.llmcache.codec.SampleAnswers.BaseAnswer;
import io.github.llmcache.codec.SampleAnswers.Box;
import io.github.llmcache.codec.SampleAnswers.Circle;
import io.github.llmcache.codec.SampleAnswers.Counted;
import io.github.llmcache.codec.SampleAnswers.NoCreator;
import io.github.llmcache.codec.SampleAnswers.OwnList;
import io.github.llmcache.codec.SampleAnswers.Secretive;
import io.github.llmcache.codec.SampleAnswers.SecretiveBean;
import io.github.llmcache.codec.SampleAnswers.Shape;
import io.github.llmcache.codec.SampleAnswers.Square;
import io.github.llmcache.codec.SampleAnswers.SubAnswer;
import io.github.llmcache.codec.SampleAnswers.TaggedList;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link RoundTrip} and {@link JacksonPayloadCodec}: what comes back whole.
 */
class RoundTripTests {

	private final JacksonPayloadCodec codec = new JacksonPayloadCodec(JsonMapper.builder().build());

	static Stream<Arguments> answers() {
		Answer answer = new Answer("Möbius 😀", 2, List.of("a"));
		return Stream.of(Arguments.of(answer, Answer.class), Arguments.of("text", String.class),
				Arguments.of(List.of(answer, answer), type(new ParameterizedTypeReference<List<Answer>>() {
				})), Arguments.of(Map.of("a", List.of(answer)),
						type(new ParameterizedTypeReference<Map<String, List<Answer>>>() {
						})),
				Arguments.of(Set.of(DayOfWeek.FRIDAY), type(new ParameterizedTypeReference<Set<DayOfWeek>>() {
				})), Arguments.of(Optional.of(answer), type(new ParameterizedTypeReference<Optional<Answer>>() {
				})), Arguments.of(new Box<>(answer), type(new ParameterizedTypeReference<Box<Answer>>() {
				})), Arguments.of(new Circle(1.5), Shape.class),
				Arguments.of(List.of(new Circle(1), new Square(2)), type(new ParameterizedTypeReference<List<Shape>>() {
				})), Arguments.of(DayOfWeek.FRIDAY, DayOfWeek.class), Arguments.of(42, int.class),
				Arguments.of(42L, Long.class), Arguments.of(true, boolean.class), Arguments.of(0.1, double.class),
				Arguments.of(0.1f, Float.class), Arguments.of('x', char.class),
				Arguments.of(new BigDecimal("1.10"), BigDecimal.class),
				Arguments.of(LocalDate.of(2026, 11, 1), LocalDate.class),
				Arguments.of(Instant.parse("2026-11-01T12:00:00.123456789Z"), Instant.class),
				Arguments.of(Duration.ofMillis(1), Duration.class),
				Arguments.of(OffsetDateTime.parse("2026-11-01T12:00+05:45"), OffsetDateTime.class),
				Arguments.of(ZonedDateTime.parse("2026-11-01T12:00+05:45"), ZonedDateTime.class),
				Arguments.of(ZonedDateTime.parse("2026-10-25T02:30+01:00[Europe/Paris]"), ZonedDateTime.class),
				Arguments.of(new Date(86_399_999), Date.class), Arguments.of(Double.NaN, double.class),
				Arguments.of(new BigDecimal("1E+3"), BigDecimal.class),
				Arguments.of(Map.entry("a", 1), type(new ParameterizedTypeReference<Map.Entry<String, Integer>>() {
				})), Arguments.of(new Answer(null, 0, null), Answer.class),
				Arguments.of(Map.of("a", 1, "b", List.of("c", 0.5, true)), Object.class));
	}

	@ParameterizedTest
	@MethodSource("answers")
	void answerComesBackAsItWas(Object answer, Type type) {
		assertThat(this.codec.supports(type)).isTrue();
		assertThat(roundTrip(answer, type)).isEqualTo(answer);
	}

	@Test
	void arraysComeBackAsTheyWere() {
		assertThat((byte[]) roundTrip(new byte[] { 1, -1 }, byte[].class)).containsExactly(1, -1);
		assertThat((Answer[]) roundTrip(new Answer[] { new Answer("a", 1, null) }, Answer[].class))
			.containsExactly(new Answer("a", 1, null));
	}

	@Test
	void collectionsOfAnyClassComeBackWithEqualContent() {
		Type type = type(new ParameterizedTypeReference<List<String>>() {
		});
		assertThat(roundTrip(Arrays.asList("a", "b"), type)).isEqualTo(List.of("a", "b"));
		assertThat(roundTrip(new OwnList(List.of("a", "b")), type)).isEqualTo(List.of("a", "b"));
		assertThat(roundTrip(new TreeMap<>(Map.of("a", "b")), Map.class)).isEqualTo(Map.of("a", "b"));
	}

	@Test
	void setsComeBackInTheirOrder() {
		Set<String> ranked = new LinkedHashSet<>(List.of("z", "m", "a", "y", "b"));
		Object copy = roundTrip(ranked, type(new ParameterizedTypeReference<Set<String>>() {
		}));
		assertThat(new ArrayList<>((Set<?>) copy)).isEqualTo(List.of("z", "m", "a", "y", "b"));
	}

	@Test
	void dateFormatAndTimeZoneOfTheApplicationDoNotApply() {
		JacksonPayloadCodec own = new JacksonPayloadCodec(JsonMapper.builder()
			.defaultDateFormat(new SimpleDateFormat("yyyy-MM-dd", Locale.ROOT))
			.defaultTimeZone(TimeZone.getTimeZone("Asia/Kathmandu"))
			.enable(DateTimeFeature.WRITE_DATES_WITH_CONTEXT_TIME_ZONE)
			.build());
		Date date = new Date(86_399_999);
		OffsetDateTime time = OffsetDateTime.parse("2026-11-01T12:00-03:00");
		assertThat(own.decode(own.encode(date, Date.class), Date.class)).isEqualTo(date);
		assertThat(own.decode(own.encode(time, OffsetDateTime.class), OffsetDateTime.class)).isEqualTo(time);
	}

	@Test
	void differenceIsNamedAndNotQuoted() {
		assertThatExceptionOfType(PayloadException.class)
			.isThrownBy(() -> this.codec.encode(new Secretive("a", "hidden"), Secretive.class))
			.withMessage("An answer of type " + Secretive.class.getName() + " as JSON of the declared type "
					+ Secretive.class.getName() + " would come back different: " + Secretive.class.getName()
					+ ".secret");
	}

	static Stream<Arguments> answersThatDoNotComeBackWhole() {
		Map<String, Object> map = new LinkedHashMap<>();
		map.put("count", 5L);
		return Stream.of(Arguments.of(new SubAnswer("a", "b"), BaseAnswer.class),
				Arguments.of(List.of(new SubAnswer("a", "b")), type(new ParameterizedTypeReference<List<BaseAnswer>>() {
				})), Arguments.of(new Circle(1), Object.class),
				Arguments.of(new Box<>(new Answer("a", 1, null)), Box.class), Arguments.of(map, Map.class),
				Arguments.of(Map.of("day", DayOfWeek.FRIDAY), Object.class),
				Arguments.of(Map.of("date", LocalDate.EPOCH), Map.class), Arguments.of(5L, Object.class),
				Arguments.of(List.of(5L), type(new ParameterizedTypeReference<List<Number>>() {
				})), Arguments.of(new Secretive("a", "b"), Secretive.class),
				Arguments.of(new SecretiveBean("a", "b"), SecretiveBean.class),
				Arguments.of(new Object(), Object.class), Arguments.of(new NoCreator("a"), NoCreator.class),
				Arguments.of("text", Integer.class), Arguments.of(cyclic(), List.class),
				Arguments.of(new Counted("a", 1), Counted.class),
				Arguments.of(Set.of(new Counted("a", 1)), type(new ParameterizedTypeReference<Set<Counted>>() {
				})), Arguments.of(Set.of(new SecretiveBean("a", "b")),
						type(new ParameterizedTypeReference<Set<SecretiveBean>>() {
						})),
				Arguments.of(new TaggedList(List.of("a"), "b"), type(new ParameterizedTypeReference<List<String>>() {
				})), Arguments.of(new TreeMap<>(Collections.reverseOrder()), Map.class));
	}

	@ParameterizedTest
	@MethodSource("answersThatDoNotComeBackWhole")
	void answerThatDoesNotComeBackWholeIsRefused(Object answer, Type type) {
		assertThatExceptionOfType(PayloadException.class).isThrownBy(() -> this.codec.encode(answer, type))
			.withMessageContaining(type.getTypeName());
	}

	@Test
	void nothingIsLeftOutBecauseTheApplicationLeavesItOut() {
		JacksonPayloadCodec own = new JacksonPayloadCodec(JsonMapper.builder()
			.changeDefaultPropertyInclusion((inclusion) -> inclusion.withValueInclusion(JsonInclude.Include.NON_EMPTY)
				.withContentInclusion(JsonInclude.Include.NON_EMPTY))
			.build());
		Answer answer = new Answer("", 0, List.of());
		assertThat(own.decode(own.encode(answer, Answer.class), Answer.class)).isEqualTo(answer);
		Map<String, Object> map = Map.of("a", "", "b", List.of());
		assertThat(own.decode(own.encode(map, Map.class), Map.class)).isEqualTo(map);
	}

	@Test
	void treesComeBackWhateverTheWidthOfTheirNumbers() {
		JsonNode tree = JsonMapper.builder().build().createObjectNode().put("count", 5L);
		assertThat(roundTrip(tree, JsonNode.class)).hasToString("{\"count\":5}");
	}

	private Object roundTrip(Object answer, Type type) {
		return this.codec.decode(this.codec.encode(answer, type), type);
	}

	private static Type type(ParameterizedTypeReference<?> reference) {
		return reference.getType();
	}

	private static List<Object> cyclic() {
		List<Object> list = new ArrayList<>();
		list.add(list);
		return list;
	}

}
