package io.github.llmcache.autoconfigure;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

import io.github.llmcache.diagnostics.ExplainedFailure;

/**
 * Explains the mistakes that keep an application with a cache from starting: one fact,
 * one remedy.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
class LlmCacheFailureAnalyzer implements FailureAnalyzer {

	@Override
	public @Nullable FailureAnalysis analyze(Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof ExplainedFailure explained) {
				return new FailureAnalysis(explained.getProblem(), explained.getRemedy(), failure);
			}
		}
		return null;
	}

}
