package io.github.llmcache.answer;

import java.util.Collection;

import org.jspecify.annotations.Nullable;

/**
 * An answer that tells how many tokens it took.
 * <p>
 * The type that a method returns may implement this. Of a stream, each element may tell
 * what was used up to then: the highest numbers count.
 */
public interface MeteredAnswer {

	/**
	 * How many tokens the answer took.
	 * @return the usage; {@code null} if it is not known
	 */
	@Nullable TokenUsage tokenUsage();

	/**
	 * How many tokens an answer took, if it tells.
	 * @param answer a {@link MeteredAnswer}, or a collection that has some, the parts of
	 * a stream
	 * @return the usage; {@code null} for anything else, and if it is not known
	 */
	static @Nullable TokenUsage usageOf(Object answer) {
		if (answer instanceof MeteredAnswer metered) {
			return metered.tokenUsage();
		}
		TokenUsage usage = null;
		if (answer instanceof Collection<?> parts) {
			for (Object part : parts) {
				TokenUsage next = (part instanceof MeteredAnswer metered) ? metered.tokenUsage() : null;
				usage = (usage == null || next == null) ? ((usage != null) ? usage : next)
						: new TokenUsage(Math.max(usage.inputTokens(), next.inputTokens()),
								Math.max(usage.outputTokens(), next.outputTokens()),
								usage.estimated() || next.estimated());
			}
		}
		return usage;
	}

}
