package io.github.llmcache.language;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

/**
 * Tests for {@link Courtesies}.
 */
class CourtesiesTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			Hi, could you tell me what DNS is? Thanks! | what DNS is?
			hello there! how do I reset my router | how do I reset my router
			Can you explain photosynthesis to me? | explain photosynthesis?
			Please translate this to German, please. | translate this to German
			Would you kindly open the gate? | open the gate?
			I'd like to know when the shop opens. | when the shop opens.
			Tell me how to boil an egg pls | how to boil an egg
			Do you know why the sky is blue? | why the sky is blue?
			Quick question: where is the exit? Thank you very much! | where is the exit?
			could you please help me move | help me move
			""")
	void courtesiesAreLeftOut(String prompt, String asked) {
		assertThat(Courtesies.strip(prompt)).isEqualTo(asked);
	}

	@ParameterizedTest
	@ValueSource(strings = { "Can you swim in the Dead Sea?", "Could you die of boredom?",
			"How do I say thank you in Korean?", "How do I say please?", "How do you say thank you?",
			"What is a thank you note?", "Is this explained to me?", "please", "Hi!", "Hi-fi or wifi?",
			"Tell me a joke", "What does this mean to me?", "Hey Jude lyrics", "Describe it to users", "", " ", "?" })
	void whatIsNoCourtesyStays(String prompt) {
		assertThat(Courtesies.strip(prompt)).isEqualTo(prompt);
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "explain to ", "please ", " ,;!", "hi, ", "explain                    ", " to me", "thanks. " })
	void longPromptsTakeLinearTime(String part) {
		assertTimeoutPreemptively(Duration.ofSeconds(10), () -> Courtesies.strip(part.repeat(200_000)));
		assertTimeoutPreemptively(Duration.ofSeconds(10),
				() -> Courtesies.strip("explain " + part.repeat(200_000) + "x"));
	}

}
