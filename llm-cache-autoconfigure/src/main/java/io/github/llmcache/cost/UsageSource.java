package io.github.llmcache.cost;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.answer.TokenUsage;

/**
 * Knows how many tokens an answer took, for types of answers that do not implement
 * {@link io.github.llmcache.answer.MeteredAnswer MeteredAnswer}.
 * <p>
 * Asked once for each answer that is stored, by many threads at once, on the thread that
 * stores it. Where it throws, the tokens are estimated.
 */
@FunctionalInterface
public interface UsageSource {

	/**
	 * How many tokens an answer took.
	 * @param task the task
	 * @param answer what the method returned; never {@code null}
	 * @return the usage; {@code null} if this source does not know it
	 */
	@Nullable TokenUsage usage(String task, Object answer);

}
