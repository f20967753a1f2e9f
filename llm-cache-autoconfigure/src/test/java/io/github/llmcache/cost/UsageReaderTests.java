package io.github.llmcache.cost;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.github.llmcache.answer.MeteredAnswer;
import io.github.llmcache.answer.TokenUsage;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link UsageReader}.
 */
class UsageReaderTests {

	private final AtomicLong characters = new AtomicLong();

	private final TokenCounter letters = (text) -> {
		this.characters.addAndGet(text.length());
		return text.length();
	};

	private final UsageReader reader = new UsageReader(
			List.of((task, answer) -> (answer instanceof Integer count) ? TokenUsage.reported(count, 0) : null,
					(task, answer) -> (answer instanceof Integer) ? TokenUsage.reported(77, 77) : null),
			this.letters);

	@Test
	void firstSourceThatKnowsIsBelieved() {
		assertThat(this.reader.reported("a", 5)).isEqualTo(TokenUsage.reported(5, 0));
		assertThat(this.reader.reported("a", 0)).isEqualTo(TokenUsage.reported(77, 77));
		assertThat(this.reader.reported("a", "text")).isNull();
	}

	@Test
	void answerThatTellsIsBelieved() {
		assertThat(this.reader.reported("a", new Metered(TokenUsage.reported(3, 4))))
			.isEqualTo(TokenUsage.reported(3, 4));
		assertThat(this.reader.reported("a", new Metered(null))).isNull();
	}

	@Test
	void zerosOfAProviderThatDoesNotKnowAreNoUsage() {
		assertThat(this.reader.reported("a", new Metered(TokenUsage.reported(0, 0)))).isNull();
	}

	@Test
	void highestNumbersOfAStreamCount() {
		assertThat(this.reader.reported("a", List.of(new Metered(null), new Metered(TokenUsage.reported(9, 1)),
				new Metered(TokenUsage.reported(0, 5)), "text")))
			.isEqualTo(TokenUsage.reported(9, 5));
		assertThat(this.reader.reported("a", List.of())).isNull();
	}

	@Test
	void textsAreCounted() {
		assertThat(this.reader.estimate("a", "Why?", "Because.", "\"Because.\"".getBytes(StandardCharsets.UTF_8)))
			.isEqualTo(new TokenUsage(4, 8, true));
	}

	@Test
	void payloadIsCountedWhereThereIsNoText() {
		assertThat(this.reader.estimate("a", "Why?", 5, "{\"a\":5}".getBytes(StandardCharsets.UTF_8)))
			.isEqualTo(new TokenUsage(4, 7, true));
	}

	@Test
	void ofLongTextsOnlyTheBeginningIsCounted() {
		String text = "word ".repeat(200_000);
		byte[] payload = text.getBytes(StandardCharsets.UTF_8);
		assertThat(this.reader.estimate("a", text, text, payload))
			.isEqualTo(new TokenUsage(1_000_000, 1_000_000, true));
		assertThat(this.reader.estimate("a", "", 5, payload)).isEqualTo(new TokenUsage(0, 1_000_000, true));
		assertThat(this.characters).hasValue(3 * TokenRate.SAMPLE);
	}

	@Test
	void laterTextsAreMostlyEstimatedByTheirLength() {
		AtomicLong counts = new AtomicLong();
		UsageReader reader = new UsageReader(List.of(), (text) -> {
			counts.incrementAndGet();
			return text.length() / (text.startsWith("?") ? 1 : 5);
		});
		long prompts = 0;
		long answers = 0;
		for (int i = 0; i < 10 * TokenRate.EVERY; i++) {
			TokenUsage usage = reader.estimate("a", "?".repeat(10 + i), "!".repeat(50 + 5 * i), new byte[0]);
			prompts += usage.inputTokens();
			answers += usage.outputTokens();
		}
		assertThat(counts).hasValue(2 * (TokenRate.FIRST + 9));
		int sum = 10 * TokenRate.EVERY * (10 * TokenRate.EVERY - 1) / 2 + 100 * TokenRate.EVERY;
		assertThat(prompts).isEqualTo(sum);
		assertThat(answers).isEqualTo(sum);
	}

	@Test
	void tasksAreEstimatedApart() {
		UsageReader reader = new UsageReader(List.of(), (text) -> text.length() / (text.startsWith("?") ? 1 : 5));
		for (int i = 0; i < 2 * TokenRate.FIRST; i++) {
			reader.estimate("dense", "", "?????", new byte[0]);
			reader.estimate("sparse", "", "!!!!!", new byte[0]);
		}
		assertThat(reader.estimate("dense", "", "?????", new byte[0]).outputTokens()).isEqualTo(5);
		assertThat(reader.estimate("sparse", "", "!!!!!", new byte[0]).outputTokens()).isOne();
	}

	@Test
	void fourCharactersAreATokenWithoutATokenizer() {
		assertThat(TokenCounter.BY_LENGTH.count("")).isZero();
		assertThat(TokenCounter.BY_LENGTH.count("word")).isOne();
		assertThat(TokenCounter.BY_LENGTH.count("words")).isEqualTo(2);
	}

	private record Metered(@Nullable TokenUsage tokenUsage) implements MeteredAnswer {

	}

}
