package io.github.llmcache.autoconfigure;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

import io.github.llmcache.embedding.EmbeddingModelException;
import io.github.llmcache.interceptor.InvalidOperationException;
import io.github.llmcache.store.redis.MissingRightsException;
import io.github.llmcache.store.redis.UnsupportedServerException;

/**
 * Explains the mistakes that keep an application with a cache from starting: one fact,
 * one remedy.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
class LlmCacheFailureAnalyzer implements FailureAnalyzer {

	@Override
	public @Nullable FailureAnalysis analyze(Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof InvalidOperationException invalid) {
				return new FailureAnalysis(invalid.getProblem(), invalid.getRemedy(), failure);
			}
			if (cause instanceof InvalidPropertyException invalid) {
				return new FailureAnalysis(
						"The property '" + invalid.getProperty() + "' is '" + invalid.getValue() + "'.",
						invalid.getRemedy(), failure);
			}
			if (cause instanceof MissingCacheStoreException missing) {
				return new FailureAnalysis(missing.getProblem(), missing.getRemedy(), failure);
			}
			if (cause instanceof UnsupportedServerException unsupported) {
				return new FailureAnalysis(
						"The property 'llm-cache.redis.search' is 'vector-set', and the server answered: '"
								+ unsupported.getAnswer() + "'.",
						"Use Redis 8 or later with a user that may run VADD, VSIM, VREM and VCARD, or set"
								+ " llm-cache.redis.search=auto.",
						failure);
			}
			if (cause instanceof MissingRightsException missing) {
				return new FailureAnalysis(
						"The user of Redis may not do what the cache needs. The server answered: '"
								+ missing.getAnswer() + "'.",
						"Grant the user the commands and the keys that the README lists under 'Least rights', set"
								+ " llm-cache.redis.key-prefix to a prefix that it may use, or set"
								+ " llm-cache.store=memory.",
						failure);
			}
			if (cause instanceof EmbeddingModelException invalid) {
				return new FailureAnalysis(String.valueOf(invalid.getMessage()), invalid.getRemedy(), failure);
			}
		}
		return null;
	}

}
