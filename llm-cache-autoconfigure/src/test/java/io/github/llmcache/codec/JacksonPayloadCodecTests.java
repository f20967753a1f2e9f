package io.github.llmcache.codec;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DefaultTyping;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.BasicPolymorphicTypeValidator;
import tools.jackson.databind.module.SimpleModule;

import io.github.llmcache.codec.SampleAnswers.Answer;
import io.github.llmcache.codec.SampleAnswers.BaseAnswer;
import io.github.llmcache.codec.SampleAnswers.Circle;
import io.github.llmcache.codec.SampleAnswers.Failing;
import io.github.llmcache.codec.SampleAnswers.Loud;
import io.github.llmcache.codec.SampleAnswers.Renamed;
import io.github.llmcache.codec.SampleAnswers.Square;
import io.github.llmcache.codec.SampleAnswers.SubAnswer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link JacksonPayloadCodec}: what is decoded, and what is reported.
 */
class JacksonPayloadCodecTests {

	private final JacksonPayloadCodec codec = new JacksonPayloadCodec(JsonMapper.builder().build());

	@Test
	void everyDecodedObjectThatMayBeChangedIsANewOne() {
		byte[] payload = this.codec.encode(new ArrayList<>(List.of("a")), List.class);
		assertThat(this.codec.decode(payload, List.class)).isNotSameAs(this.codec.decode(payload, List.class));
		for (Object holder : List.of(new Holder(List.of("a")), new Outer(new Holder(List.of("a")), null))) {
			byte[] held = this.codec.encode(holder, holder.getClass());
			assertThat(this.codec.decode(held, holder.getClass())).isEqualTo(holder)
				.isNotSameAs(this.codec.decode(held, holder.getClass()));
		}
	}

	@Test
	void objectThatNobodyCanChangeIsReadOnce() {
		Place place = new Place("a", new Place("b", null, Level.LOW), Level.HIGH);
		byte[] payload = this.codec.encode(place, Place.class);
		Object decoded = this.codec.decode(payload, Place.class);
		assertThat(decoded).isEqualTo(place);
		assertThat(this.codec.decode(payload, Place.class)).isSameAs(decoded);
	}

	@Test
	void partsThatMayBeChangedAreReadOnceAndNotShared() {
		AtomicInteger read = new AtomicInteger();
		JacksonPayloadCodec counting = new JacksonPayloadCodec(JsonMapper.builder()
			.addModule(new SimpleModule().addDeserializer(Level.class, counting(read)))
			.build());
		Parts parts = new Parts(Level.HIGH, new BigDecimal("1.50"), new ArrayList<>(Arrays.asList("a", null)),
				new LinkedHashMap<>(Map.of("b", new ArrayList<>(List.of(new Holder(List.of("c")))))),
				new LinkedHashSet<>(List.of(2, 1)));
		byte[] payload = counting.encode(parts, Parts.class);
		assertThat(read).as("read to be compared").hasValue(1);
		for (int i = 0; i < 3; i++) {
			Parts decoded = (Parts) counting.decode(payload, Parts.class);
			assertThat(decoded).isEqualTo(parts);
			assertThat(decoded.numbers()).containsExactly(2, 1);
			decoded.names().clear();
			decoded.holders().get("b").get(0).names().add("d");
			decoded.holders().clear();
			decoded.numbers().clear();
		}
		assertThat(read).hasValue(1);
	}

	@Test
	void listThatNobodyCanChangeIsShared() {
		byte[] payload = this.codec.encode(new Sealed(List.of("a")), Sealed.class);
		Sealed decoded = (Sealed) this.codec.decode(payload, Sealed.class);
		assertThat(this.codec.decode(payload, Sealed.class)).isEqualTo(decoded)
			.extracting("names")
			.isSameAs(decoded.names());
	}

	@Test
	void recordThatChangesWhatItIsMadeOfIsReadEachTime() {
		byte[] payload = "{\"names\":[\"a\"]}".getBytes(StandardCharsets.UTF_8);
		for (int i = 0; i < 3; i++) {
			assertThat(this.codec.decode(payload, Growing.class)).extracting("names").isEqualTo(List.of("a", "more"));
		}
	}

	@Test
	void partThatOccursTwiceDoesSoEachTime() {
		byte[] payload = "{\"one\":[\"a\"],\"other\":[\"a\"]}".getBytes(StandardCharsets.UTF_8);
		for (int i = 0; i < 3; i++) {
			Twins twins = (Twins) this.codec.decode(payload, Twins.class);
			assertThat(twins.one()).isSameAs(twins.other());
			twins.one().add("b");
		}
	}

	@Test
	void rememberedObjectIsOnlyOfItsPayloadAndType() {
		byte[] payload = this.codec.encode("1", String.class);
		assertThat(this.codec.decode(payload, String.class)).isEqualTo("1");
		assertThat(this.codec.decode(payload, Integer.class)).isEqualTo(1);
		assertThat(this.codec.decode(payload, String.class)).isEqualTo("1");
		assertThat(this.codec.decode("\"2\"".getBytes(StandardCharsets.UTF_8), String.class)).isEqualTo("2");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "null", "{", "[]", "1", "\"text\"", "{\"text\":\"secret\"}x",
			"{\"text\":\"secret\"}{}", "{\"text\":\"secret\",\"unknown\":1}", "{\"text\":{\"secret\":1}}",
			"{\"text\":\"a\",\"tokens\":\"secret\"}", "{\"text\":\"a\",\"tokens\":null}", "\u0000\u0001secret",
			"{\"text\":\"secret\",\"tokens\":1e99}" })
	void payloadThatIsNoSuchAnswerIsRefusedAndNotQuoted(String payload) {
		byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
		assertThatExceptionOfType(PayloadException.class).isThrownBy(() -> this.codec.decode(bytes, Answer.class))
			.withMessageContaining(Answer.class.getName())
			.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain("secret"));
	}

	@Test
	void payloadOfAnotherTypeIsRefused() {
		byte[] payload = this.codec.encode(new Answer("a", 1, List.of()), Answer.class);
		assertThatExceptionOfType(PayloadException.class).isThrownBy(() -> this.codec.decode(payload, Circle.class));
		assertThatExceptionOfType(PayloadException.class).isThrownBy(() -> this.codec.decode(payload, List.class));
		assertThatExceptionOfType(PayloadException.class).isThrownBy(() -> this.codec.decode(payload, int.class));
	}

	@Test
	void defaultTypingOfTheApplicationIsNotUsed() {
		JsonMapper application = JsonMapper.builder()
			.activateDefaultTyping(
					BasicPolymorphicTypeValidator.builder().allowIfSubType((context, type) -> true).build(),
					DefaultTyping.NON_FINAL)
			.build();
		JacksonPayloadCodec strict = new JacksonPayloadCodec(application);
		assertThat(strict.encode(new Answer("a", 1, null), Answer.class)).asString().doesNotContain("class", "Answer");
		byte[] naming = ("[\"" + Loud.class.getName() + "\",{\"text\":\"a\"}]").getBytes(StandardCharsets.UTF_8);
		assertThat(application.readValue(naming, Object.class)).isInstanceOf(Loud.class);
		assertThat(strict.decode(naming, Object.class)).isInstanceOf(List.class);
		assertThatExceptionOfType(PayloadException.class).isThrownBy(() -> strict.decode(naming, Answer.class));
	}

	@Test
	void modulesAndSettingsOfTheApplicationAreUsedButNotChanged() {
		JsonMapper application = JsonMapper.builder().addMixIn(Square.class, Renamed.class).build();
		JacksonPayloadCodec own = new JacksonPayloadCodec(application);
		byte[] payload = own.encode(new Square(1), Square.class);
		assertThat(payload).asString().contains("\"length\":1.0");
		assertThat(own.decode(payload, Square.class)).isEqualTo(new Square(1));
		assertThatExceptionOfType(PayloadException.class)
			.isThrownBy(() -> own.decode("{\"text\":\"a\",\"more\":1}".getBytes(StandardCharsets.UTF_8), Answer.class));
		JsonMapper lenient = JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();
		new JacksonPayloadCodec(lenient);
		assertThat(lenient.readValue("{\"kind\":\"circle\",\"radius\":1,\"more\":1}", Circle.class))
			.isEqualTo(new Circle(1));
	}

	@Test
	void messagesQuoteNothing() {
		assertThatExceptionOfType(PayloadException.class)
			.isThrownBy(() -> this.codec.encode(new Failing("secret"), Failing.class))
			.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain("secret"));
		assertThatExceptionOfType(PayloadException.class)
			.isThrownBy(() -> this.codec.encode(new SubAnswer("secret", "secret"), BaseAnswer.class))
			.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain("secret"));
	}

	private record Place(String name, @Nullable Place within, Level level) {

	}

	private enum Level {

		LOW, HIGH

	}

	private record Holder(List<String> names) {

	}

	private static ValueDeserializer<Level> counting(AtomicInteger read) {
		return new ValueDeserializer<>() {

			@Override
			public Level deserialize(JsonParser parser, DeserializationContext context) {
				read.incrementAndGet();
				return Level.valueOf(parser.getString());
			}

		};
	}

	private record Parts(Level level, BigDecimal price, List<@Nullable String> names, Map<String, List<Holder>> holders,
			Set<Integer> numbers) {

	}

	private record Sealed(List<String> names) {

		Sealed {
			names = List.copyOf(names);
		}

	}

	private record Growing(List<String> names) {

		Growing {
			names.add("more");
		}

	}

	private record Twins(List<String> one, List<String> other) {

		Twins {
			other = one;
		}

	}

	private record Outer(Holder holder, @Nullable Outer outer) {

	}

}
