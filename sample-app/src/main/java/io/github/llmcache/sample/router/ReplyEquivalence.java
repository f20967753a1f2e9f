package io.github.llmcache.sample.router;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

import io.github.llmcache.audit.DefaultAnswerEquivalence;
import io.github.llmcache.core.AnswerEquivalence;
import io.github.llmcache.core.TextEmbedder;
import io.github.llmcache.sample.model.ModelReply;

/**
 * Two replies are the same if their texts say the same, whatever they cost and how long
 * they took. Anything else has to be equal.
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
		return (fresh instanceof ModelReply one && cached instanceof ModelReply other)
				? this.texts.isEquivalent(task, one.text(), other.text()) : fresh.equals(cached);
	}

}
