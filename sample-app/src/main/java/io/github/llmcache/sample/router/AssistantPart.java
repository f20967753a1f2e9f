package io.github.llmcache.sample.router;

import org.jspecify.annotations.Nullable;

/**
 * A part of what the assistant answers, as it comes.
 *
 * @param text what to add to the answer; empty in the last part
 * @param reply the whole answer and what it took, in the last part only
 */
public record AssistantPart(String text, @Nullable AssistantReply reply) {

}
