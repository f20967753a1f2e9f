package io.github.llmcache.actuate;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;

import io.github.llmcache.core.LlmCache;
import io.github.llmcache.feedback.Feedback;
import io.github.llmcache.feedback.FeedbackResult;

/**
 * What a feedback has changed, see {@link FeedbackResult}.
 *
 * @param found whether the entry is known
 * @param removed whether it was removed
 * @param prompts for how many prompts its answer is refused from now on
 * @param learned whether the calibration of the task has learned from it
 */
public record FeedbackDescriptor(boolean found, boolean removed, int prompts,
		boolean learned) implements OperationResponseBody {

	static FeedbackDescriptor of(LlmCache cache, String task, String entry, boolean right, @Nullable String prompt) {
		try {
			FeedbackResult result = cache.feedback(new Feedback(task, entry, prompt, right));
			return new FeedbackDescriptor(result.found(), result.removed(), result.prompts(), result.learned());
		}
		catch (IllegalArgumentException | UnsupportedOperationException ex) {
			throw new InvalidEndpointRequestException("The feedback cannot be used", String.valueOf(ex.getMessage()),
					ex);
		}
	}

}
