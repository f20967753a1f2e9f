package io.github.llmcache.sample.router;

import java.util.List;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

import io.github.llmcache.audit.DefaultAnswerEquivalence;
import io.github.llmcache.core.AnswerEquivalence;
import io.github.llmcache.core.TextEmbedder;
import io.github.llmcache.sample.model.ModelReply;
import io.github.llmcache.sample.model.ReplyPart;

/**
 * Two replies, or two streams of them, are the same if their texts say the same, whatever
 * they cost and how long they took. Anything else has to be equal.
 */
@Component
class ReplyEquivalence implements AnswerEquivalence {

	private static final double MIN_SIMILARITY = 0.95;

	private final AnswerEquivalence texts;

	ReplyEquivalence(ObjectProvider<TextEmbedder> embedder) {
		this.texts = new DefaultAnswerEquivalence(embedder::getIfAvailable, MIN_SIMILARITY);
	}

	@Override
	public boolean isEquivalent(String task, Object fresh, Object cached) {
		String one = text(fresh);
		String other = text(cached);
		return (one != null && other != null) ? this.texts.isEquivalent(task, one, other) : fresh.equals(cached);
	}

	private static @Nullable String text(Object answer) {
		if (answer instanceof List<?> parts && !parts.isEmpty()
				&& parts.stream().allMatch(ReplyPart.class::isInstance)) {
			return parts.stream().map((part) -> ((ReplyPart) part).text()).collect(Collectors.joining());
		}
		return (answer instanceof ModelReply reply) ? reply.text() : null;
	}

}
