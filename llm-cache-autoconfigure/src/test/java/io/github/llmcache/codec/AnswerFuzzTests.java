package io.github.llmcache.codec;

import java.text.SimpleDateFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Random answers, by mappers of all kinds of applications: what is decoded is what was
 * encoded, or it was refused. {@code -Dllm-cache.test.seed} repeats a run.
 */
@Tag("thorough")
class AnswerFuzzTests {

	private static final long SEED = Long.getLong("llm-cache.test.seed", 20261125);

	private static final int ANSWERS = Integer.getInteger("llm-cache.test.answers", 4_000);

	static Stream<JsonMapper.Builder> mappers() {
		return Stream.of(JsonMapper.builder(),
				JsonMapper.builder().defaultDateFormat(new SimpleDateFormat("yyyy-MM-dd", Locale.ROOT)),
				JsonMapper.builder()
					.enable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS, DateTimeFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
					.disable(DateTimeFeature.WRITE_DATE_TIMESTAMPS_AS_NANOSECONDS,
							DateTimeFeature.READ_DATE_TIMESTAMPS_AS_NANOSECONDS),
				JsonMapper.builder()
					.enable(DateTimeFeature.WRITE_DATES_WITH_CONTEXT_TIME_ZONE,
							DateTimeFeature.TRUNCATE_TO_MSECS_ON_WRITE)
					.defaultTimeZone(TimeZone.getTimeZone("Asia/Kathmandu")),
				JsonMapper.builder()
					.enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
					.changeDefaultPropertyInclusion(
							(inclusion) -> inclusion.withValueInclusion(JsonInclude.Include.NON_DEFAULT)));
	}

	@ParameterizedTest
	@MethodSource("mappers")
	void whatIsServedEqualsWhatWasReturned(JsonMapper.Builder mapper) {
		JacksonPayloadCodec codec = new JacksonPayloadCodec(mapper.build());
		RandomAnswers answers = new RandomAnswers(new Random(SEED));
		Map<String, Integer> changed = new TreeMap<>();
		Map<String, Integer> stored = new TreeMap<>();
		for (int i = 0; i < ANSWERS; i++) {
			RandomAnswers.Sample sample = answers.next();
			Object description = RandomAnswers.describe(sample.value());
			try {
				byte[] payload = codec.encode(sample.value(), sample.type());
				codec.decode(payload, sample.type());
				Object copy = codec.decode(payload, sample.type());
				stored.merge(sample.type().getTypeName(), 1, Integer::sum);
				if (!RandomAnswers.describe(copy).equals(description)) {
					changed.merge(sample.type().getTypeName(), 1, Integer::sum);
				}
			}
			catch (PayloadException ex) {
				// not stored, so not served
			}
		}
		assertThat(changed).as("answers that came back changed, by type; seed %d", SEED).isEmpty();
		assertThat(stored.keySet()).as("types of which answers were stored")
			.contains(RandomAnswers.Times.class.getName(), RandomAnswers.Numbers.class.getName(),
					"java.util.List<" + RandomAnswers.Hidden.class.getName() + ">", "java.util.Set<java.lang.String>");
		assertThat(stored.values().stream().mapToInt(Integer::intValue).sum()).isGreaterThan(ANSWERS / 4);
	}

}
