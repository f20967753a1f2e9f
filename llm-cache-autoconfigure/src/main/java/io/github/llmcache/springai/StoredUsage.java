package io.github.llmcache.springai;

import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.metadata.DefaultUsage;
import org.springframework.ai.chat.metadata.EmptyUsage;
import org.springframework.ai.chat.metadata.Usage;

import io.github.llmcache.answer.TokenUsage;

/**
 * How many tokens a call of the model took. What the provider reports beyond these
 * numbers, as an object of its own, is not kept.
 *
 * @param promptTokens tokens of the prompt
 * @param completionTokens tokens of the answer
 * @param totalTokens tokens of both
 * @param cacheReadInputTokens tokens that the provider had cached
 * @param cacheWriteInputTokens tokens that the provider has cached
 */
record StoredUsage(@Nullable Integer promptTokens, @Nullable Integer completionTokens, @Nullable Integer totalTokens,
		@Nullable Long cacheReadInputTokens, @Nullable Long cacheWriteInputTokens) {

	static @Nullable StoredUsage of(@Nullable Usage usage) {
		return (usage == null || usage instanceof EmptyUsage) ? null
				: new StoredUsage(usage.getPromptTokens(), usage.getCompletionTokens(), usage.getTotalTokens(),
						usage.getCacheReadInputTokens(), usage.getCacheWriteInputTokens());
	}

	/**
	 * Streams of some providers have numbers in some of their chunks.
	 */
	TokenUsage tokens() {
		return TokenUsage.reported(count(this.promptTokens), count(this.completionTokens));
	}

	private static int count(@Nullable Integer tokens) {
		return (tokens != null) ? Math.max(0, tokens) : 0;
	}

	Usage restore() {
		return new DefaultUsage(this.promptTokens, this.completionTokens, this.totalTokens, null,
				this.cacheReadInputTokens, this.cacheWriteInputTokens);
	}

}
