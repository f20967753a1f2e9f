package io.github.llmcache.sample.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link SimulatedProvider}.
 */
class SimulatedProviderTests {

	private static final ModelSettings SETTINGS = new ModelSettings(null, Duration.ofMillis(500), 10, 1, 4);

	private final List<Duration> pauses = new ArrayList<>();

	@AfterEach
	void clearInterrupt() {
		Thread.interrupted();
	}

	@Test
	void firstAnswerWhoseWordsAreInThePromptIsGiven() {
		LanguageModel model = provider(0).create("small", SETTINGS);
		assertThat(model.ask("How do I turn Dark-Mode OFF?").text()).isEqualTo("Choose Light.");
		assertThat(model.ask("dark mode, please").text()).isEqualTo("Choose Dark.");
	}

	@ParameterizedTest
	@CsvSource({ "is ann lee  armenian, same", "Please: is Ann Lee Armenian?, same", "Is Ann Lee famous?, other",
			"Is Ann Lee not Armenian?, other", "Is Lee Ann Armenian?, other", "Was Ann Lee Armenian?, other" })
	void unknownSubjectGetsTheSameAnswerEachTimeAndAnyOtherAnother(String prompt, String expected) {
		LanguageModel model = provider(0).create("small", SETTINGS);
		assertThat(model.ask(prompt).text().equals(model.ask("Is Ann Lee Armenian?").text()))
			.isEqualTo(expected.equals("same"));
	}

	@Test
	void answersToLookalikesHaveLittleInCommon() {
		LanguageModel model = provider(0).create("small", SETTINGS);
		List<String> subjects = List.of("Armenian", "famous", "married", "C", "C++", "number 1", "number 2");
		for (String one : subjects) {
			for (String other : subjects.subList(0, subjects.indexOf(one))) {
				String answer = model.ask("Is Ann Lee " + one + "?").text();
				String otherAnswer = model.ask("Is Ann Lee " + other + "?").text();
				assertThat(overlap(words(answer), words(otherAnswer))).as(one + " / " + other).isLessThan(0.4);
			}
		}
	}

	private static Set<String> words(String text) {
		return new HashSet<>(List.of(text.toLowerCase(Locale.ROOT).split("\\W+")));
	}

	private static double overlap(Set<String> one, Set<String> other) {
		Set<String> all = new HashSet<>(one);
		all.addAll(other);
		return (double) (one.size() + other.size() - all.size()) / all.size();
	}

	@Test
	void latencyAndPriceAreThoseOfTheSettings() {
		ModelReply reply = provider(0).create("small", SETTINGS).ask("dark mode");
		// "dark mode" has 9 characters and "Choose Dark." 12: 3 tokens each
		assertThat(reply)
			.isEqualTo(new ModelReply("Choose Dark.", "small", 3, 3, Duration.ofMillis(800), (3 + 4 * 3) / 1e6, true));
		assertThat(this.pauses).containsExactly(Duration.ofMillis(800));
	}

	@Test
	void streamGivesTheSameAnswerInTheSameTime() {
		Flux<ReplyPart> stream = provider(0).create("small", SETTINGS).stream("dark mode");
		StepVerifier.withVirtualTime(() -> stream)
			.expectSubscription()
			.expectNoEvent(SETTINGS.latency())
			.expectNext(ReplyPart.text("Choose"))
			.thenAwait(Duration.ofMillis(800).minus(SETTINGS.latency()))
			.expectNext(ReplyPart.text(" Dark."))
			.expectNextMatches((
					part) -> part.end().reply("Choose Dark.").equals(provider(0).draft("small", SETTINGS, "dark mode")))
			.verifyComplete();
	}

	@Test
	void jitterStaysWithinItsShareAndDependsOnThePromptOnly() {
		SimulatedProvider provider = provider(0.5);
		Duration latency = provider.draft("small", SETTINGS, "dark mode").latency();
		assertThat(provider.draft("small", SETTINGS, "dark mode").latency()).isEqualTo(latency)
			.isBetween(Duration.ofMillis(400), Duration.ofMillis(1200))
			.isNotEqualTo(provider.draft("large", SETTINGS, "dark mode").latency());
		assertThat(this.pauses).isEmpty();
	}

	@Test
	void interruptedWaitGivesNoAnswer() {
		SimulatedProvider provider = new SimulatedProvider(new SimulatedProperties(1, 0, List.of()), (duration) -> {
			throw new InterruptedException();
		});
		LanguageModel model = provider.create("small", SETTINGS);
		assertThatExceptionOfType(ModelException.class).isThrownBy(() -> model.ask("x"));
		assertThat(Thread.currentThread().isInterrupted()).isTrue();
	}

	private SimulatedProvider provider(double jitter) {
		return new SimulatedProvider(
				new SimulatedProperties(1, jitter,
						List.of(new SimulatedProperties.Answer(List.of("dark", "mode", "off"), "Choose Light."),
								new SimulatedProperties.Answer(List.of("dark", "mode"), "Choose Dark."))),
				this.pauses::add);
	}

}
