package io.github.llmcache.cost;

import java.nio.charset.StandardCharsets;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.answer.MeteredAnswer;
import io.github.llmcache.answer.TextualAnswer;
import io.github.llmcache.answer.TokenUsage;
import io.github.llmcache.platform.BoundedMap;

/**
 * Finds out how many tokens an answer took: from a source or from the answer itself, if
 * one of them tells, or else by an estimate.
 * <p>
 * The estimate is of the tokens of the prompt, which is less than what the model was
 * sent, and of the answer: its text, or the payload if it is not a text. The tokens of a
 * task's first texts are counted, and of one text in {@value TokenRate#EVERY} later; the
 * others are estimated by their length and what was counted. Of a long text, the first
 * {@value TokenRate#SAMPLE} characters are counted and the rest is taken to be alike, so
 * that the time of an estimate is bounded, whatever the text. {@value #MAX_TASKS} tasks
 * are kept apart.
 */
public final class UsageReader {

	private static final int MAX_TASKS = 256;

	private final List<UsageSource> sources;

	private final BoundedMap<Rates> rates;

	/**
	 * Create the reader.
	 * @param sources asked first, in their order
	 * @param counter counts what nobody tells
	 */
	public UsageReader(List<UsageSource> sources, TokenCounter counter) {
		this.sources = List.copyOf(sources);
		this.rates = new BoundedMap<>(MAX_TASKS, (task) -> new Rates(new TokenRate(counter), new TokenRate(counter)));
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
	 * @param task the task
	 * @param prompt its prompt
	 * @param answer the answer
	 * @param payload the answer as it is stored
	 * @return the estimate
	 */
	public TokenUsage estimate(String task, String prompt, Object answer, byte[] payload) {
		Rates ofTask = this.rates.get(task);
		return new TokenUsage(ofTask.prompts.tokens(prompt, prompt.length()),
				outputTokens(ofTask.answers, TextualAnswer.textOf(answer), payload), true);
	}

	private static long outputTokens(TokenRate rate, @Nullable String text, byte[] payload) {
		if (text != null) {
			return rate.tokens(text, text.length());
		}
		int length = Math.min(payload.length, TokenRate.SAMPLE);
		return rate.tokens(new String(payload, 0, length, StandardCharsets.UTF_8), payload.length);
	}

	private record Rates(TokenRate prompts, TokenRate answers) {

	}

}
