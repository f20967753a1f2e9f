package io.github.llmcache.cost;

import java.nio.charset.StandardCharsets;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.answer.MeteredAnswer;
import io.github.llmcache.answer.TextualAnswer;
import io.github.llmcache.answer.TokenUsage;

/**
 * Finds out how many tokens an answer took: from a source or from the answer itself, if
 * one of them tells, or else by an estimate.
 * <p>
 * The estimate counts the tokens of the prompt, which is less than what the model was
 * sent, and of the answer: its text, or the payload if it is not a text. Of a long text,
 * the first {@value #SAMPLE} characters are counted and the rest is taken to be alike, so
 * that the time of an estimate is bounded, whatever the text.
 */
public final class UsageReader {

	static final int SAMPLE = 8_000;

	private final List<UsageSource> sources;

	private final TokenCounter counter;

	/**
	 * Create the reader.
	 * @param sources asked first, in their order
	 * @param counter counts what nobody tells
	 */
	public UsageReader(List<UsageSource> sources, TokenCounter counter) {
		this.sources = List.copyOf(sources);
		this.counter = counter;
	}

	/**
	 * How many tokens an answer took, if somebody tells.
	 * @param task the task
	 * @param answer the answer
	 * @return the usage; {@code null} if it has to be estimated
	 */
	public @Nullable TokenUsage reported(String task, Object answer) {
		for (UsageSource source : this.sources) {
			TokenUsage usage = source.usage(task, answer);
			if (isKnown(usage)) {
				return usage;
			}
		}
		TokenUsage usage = MeteredAnswer.usageOf(answer);
		return isKnown(usage) ? usage : null;
	}

	/**
	 * Providers that do not know report zeros.
	 */
	private static boolean isKnown(@Nullable TokenUsage usage) {
		return usage != null && usage.totalTokens() > 0;
	}

	/**
	 * Estimate how many tokens an answer took.
	 * @param prompt its prompt
	 * @param answer the answer
	 * @param payload the answer as it is stored
	 * @return the estimate
	 */
	public TokenUsage estimate(String prompt, Object answer, byte[] payload) {
		String text = TextualAnswer.textOf(answer);
		long output = (text != null) ? count(text) : countPayload(payload);
		return new TokenUsage(count(prompt), output, true);
	}

	private long countPayload(byte[] payload) {
		int length = Math.min(payload.length, SAMPLE);
		return scale(this.counter.count(new String(payload, 0, length, StandardCharsets.UTF_8)), length,
				payload.length);
	}

	private long count(String text) {
		int length = Math.min(text.length(), SAMPLE);
		return scale(this.counter.count(text.substring(0, length)), length, text.length());
	}

	private static long scale(long tokens, int counted, int all) {
		return (counted < all) ? Math.round((double) tokens / counted * all) : tokens;
	}

}
