package io.github.llmcache.store;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.llmcache.prompt.PromptNormalizer;
import io.github.llmcache.prompt.PromptPattern;
import io.github.llmcache.test.MutableClock;
import io.github.llmcache.test.contract.Entries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatObject;

/**
 * Tests for {@link EvictionSelector} and {@link PromptPattern}.
 */
class EvictionSelectorTests {

	private final Entries entries = new Entries(new MutableClock());

	@ParameterizedTest
	@CsvSource(nullValues = "", quoteCharacter = '"', textBlock = """
			*, reset my password, true
			reset*, reset my password, true
			*password, reset my password, true
			*my*, reset my password, true
			RESET MY PASSWORD, reset my password, true
			reset ?? password, reset my password, true
			reset my password*, reset my password, true
			r*t*p*d, reset my password, true
			**my**, reset my password, true
			reset, reset my password, false
			my, reset my password, false
			reset ? password, reset my password, false
			*my, reset my password, false
			?reset my password, reset my password, false
			*.*, reset my password, false
			"reset [a-z]+ password", reset my password, false
			(*, reset my password, false
			STRASSE*, straße, false
			stra?e, straße, true
			ÄRGER, ärger, true
			smile ?, smile 😀, true
			smile ??, smile 😀, false
			""")
	void patternMatchesTheWholePrompt(String pattern, String prompt, boolean matches) {
		EvictionSelector selector = EvictionSelector.all().withPromptPattern(pattern);
		assertThat(selector.entryFilter().test(this.entries.entry(prompt))).isEqualTo(matches);
	}

	@Test
	void patternSpansLines() {
		assertThat(pattern("first*last").entryFilter().test(this.entries.entry("first\nsecond\nlast"))).isTrue();
	}

	@Test
	void emptyPatternMatchesNoPrompt() {
		assertThat(pattern("").entryFilter().test(this.entries.entry("prompt"))).isFalse();
		assertThat(pattern("").selectsWholePartitions()).isFalse();
	}

	@Test
	void promptAndPatternAreNormalisedAsPromptsAre() {
		CacheEntry entry = this.entries.entry(PromptNormalizer.normalize("Cafe\u0301\r\nau lait"));
		assertThat(EvictionSelector.all().withPrompt(" Cafe\u0301\nau lait ").entryFilter().test(entry)).isTrue();
		assertThat(pattern("cafe\u0301\r\n*").entryFilter().test(entry)).isTrue();
	}

	@Test
	void pathologicalPatternsAreDecidedFast() {
		CacheEntry entry = this.entries.entry("a".repeat(20_000));
		long start = System.nanoTime();
		assertThat(pattern("*a".repeat(50) + "*b").entryFilter().test(entry)).isFalse();
		assertThat(pattern("a*".repeat(499) + "b").entryFilter().test(entry)).isFalse();
		assertThat(pattern("*".repeat(100_000)).entryFilter().test(entry)).isTrue();
		assertThat(pattern("?*".repeat(500)).entryFilter().test(entry)).isTrue();
		assertThat(pattern("*" + "a".repeat(998) + "b").entryFilter().test(entry)).isFalse();
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
	}

	@ParameterizedTest
	@ValueSource(ints = { 1001, 1 << 20 })
	void longerPatternThanAllowedIsRefused(int length) {
		assertThat(pattern("*".repeat(length) + "a".repeat(999))).isNotNull();
		assertThatIllegalArgumentException().isThrownBy(() -> pattern("secret".repeat(length).substring(0, length)))
			.withMessageContaining("1000")
			.withMessageContaining(String.valueOf(length))
			.withMessageNotContaining("secret");
	}

	@Test
	void criterionThatThePartitionLacksDoesNotMatch() {
		Partition bare = Entries.partition("task");
		assertThat(EvictionSelector.all().matches(bare)).isTrue();
		assertThat(EvictionSelector.task("task").matches(bare)).isTrue();
		assertThat(EvictionSelector.task("task").withModel("model").matches(bare)).isFalse();
		assertThat(EvictionSelector.task("task").withTemplate("template").matches(bare)).isFalse();
		assertThat(EvictionSelector.task("task").withScope("scope").matches(bare)).isFalse();
		assertThat(EvictionSelector.task("tas").matches(bare)).isFalse();
	}

	@Test
	void criteriaAreAddedOneByOne() {
		assertThatObject(EvictionSelector.all()
			.withTask("task")
			.withModel("model")
			.withTemplate("template")
			.withScope("scope")
			.withTag("tag")
			.withPrompt("prompt")
			.withPromptPattern("pattern"))
			.isEqualTo(new EvictionSelector("task", "model", "template", "scope", "tag", "prompt", "pattern"));
	}

	private static EvictionSelector pattern(String pattern) {
		return EvictionSelector.all().withPromptPattern(pattern);
	}

}
