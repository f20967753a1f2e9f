package io.github.llmcache.verify;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

import io.github.llmcache.prompt.RandomPrompts;
import io.github.llmcache.verify.MatchVerifier.Match;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link GuardedMatchVerifier}: prompts that nobody would write.
 */
@Tag("thorough")
class RandomPromptTests {

	private static final int PAIRS = Integer.getInteger("llm-cache.test.random-prompts", 20_000);

	private final GuardedMatchVerifier verifier = new GuardedMatchVerifier();

	private final Random random = new Random(42);

	@Test
	void everyPairOfPromptsGetsAVerdict() {
		for (int i = 0; i < PAIRS; i++) {
			String prompt = prompt();
			for (String other : List.of(prompt(), prompt + prompt(), shuffled(prompt))) {
				assertThat(this.verifier.verify(new Match("task", prompt, other, 0.9))).isNotNull();
			}
		}
	}

	@Test
	void everyPromptIsAcceptedForItself() {
		for (int i = 0; i < PAIRS; i++) {
			String prompt = prompt();
			assertThat(this.verifier.verify(new Match("task", prompt, prompt, 1)).accepted()).as(prompt).isTrue();
		}
	}

	private String prompt() {
		String separator = this.random.nextBoolean() ? " " : "";
		return RandomPrompts.withCode(this.random, 1 + this.random.nextInt(16)).replace(" ", " " + separator);
	}

	private String shuffled(String prompt) {
		List<String> words = Arrays.asList(prompt.split(" "));
		Collections.shuffle(words, this.random);
		return String.join(" ", words);
	}

}
