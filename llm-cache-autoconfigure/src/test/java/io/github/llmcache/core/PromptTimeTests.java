package io.github.llmcache.core;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.github.llmcache.embedding.TextEmbedder;
import io.github.llmcache.prompt.RandomPrompts;
import io.github.llmcache.store.EvictionSelector;
import io.github.llmcache.verify.GuardedMatchVerifier;
import io.github.llmcache.verify.MatchVerifier;

import static io.github.llmcache.core.CacheFixture.question;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The time that the cache takes for a prompt grows no faster than the prompt: all that it
 * does, with an embedder that knows no window. Time is that of this thread on the
 * processor.
 */
@Tag("thorough")
class PromptTimeTests {

	private static final int LENGTH = 16_000;

	private static final int RUNS = 3;

	private static final int RANDOM = Integer.getInteger("llm-cache.test.time-patterns", 8);

	/** Growth is not seen in less; what grows with the square takes much more. */
	private static final long LEAST = TimeUnit.MILLISECONDS.toNanos(75);

	private static final MatchVerifier VERIFIER = new GuardedMatchVerifier();

	static Stream<String> patterns() {
		Random random = new Random(42);
		return Stream.concat(
				Stream.of(".", "?!", "\u0301\u0327", "e\u0315\u0300", "İ", "ß", "Σ", "aΣ", "Σ\u0301", "\ud83d\ude00",
						"\ude00\ud83d", " ", "\u00a0", "\r\n", "word ", "1", "1,", "1 ", "0 million ", "1-", "' ",
						"'a ", "\"a", "“", "(", "[", "<a", "```", "``` ` ", "a_", "a1", "a'", "n't ", "turn on ",
						"a dating ", "of ", "日", "\u1112\u1161\u11ab", "US "),
				Stream.generate(() -> RandomPrompts.withCode(random, 1 + random.nextInt(4))).limit(RANDOM));
	}

	@ParameterizedTest
	@MethodSource("patterns")
	void tenTimesThePromptTakesAtMostTenTimesAsLong(String pattern) {
		for (String tail : new String[] { "", "x" }) {
			useCache(prompt(pattern, LENGTH) + tail);
			long limit = 10 * Math.max(LEAST, time(prompt(pattern, LENGTH) + tail));
			long time = Long.MAX_VALUE;
			for (int run = 0; run < RUNS && time > limit; run++) {
				time = time(prompt(pattern, 10 * LENGTH) + tail);
			}
			assertThat(time).isLessThanOrEqualTo(limit);
		}
	}

	private static String prompt(String pattern, int length) {
		return pattern.repeat(length / pattern.length());
	}

	private static long time(String prompt) {
		ThreadMXBean threads = ManagementFactory.getThreadMXBean();
		long start = threads.getCurrentThreadCpuTime();
		useCache(prompt);
		return threads.getCurrentThreadCpuTime() - start;
	}

	private static void useCache(String prompt) {
		CacheFixture fixture = new CacheFixture();
		fixture.embedder = new BoundlessEmbedder();
		fixture.verifier = VERIFIER;
		LlmCache cache = fixture.build();
		CountingLoader<Answer> loader = CountingLoader.answering("42");
		cache.get(question("Why " + prompt).semantic(false).build(), loader);
		cache.get(question("Why " + prompt).build(), loader);
		cache.get(question(prompt + " then").build(), loader);
		cache.evict(EvictionSelector.all().withPrompt(prompt));
		cache.evict(EvictionSelector.all().withPromptPattern("*a*?.*" + prompt.substring(0, 20) + "*b"));
	}

	/**
	 * Takes all texts for the same.
	 */
	private static final class BoundlessEmbedder implements TextEmbedder {

		@Override
		public float @Nullable [] embed(String text) {
			return new float[] { 1, 0 };
		}

		@Override
		public int dimensions() {
			return 2;
		}

		@Override
		public String fingerprint() {
			return "boundless";
		}

	}

}
