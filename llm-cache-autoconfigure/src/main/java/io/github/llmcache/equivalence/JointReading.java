package io.github.llmcache.equivalence;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.verify.ParaphraseModel;
import io.github.llmcache.verify.WordingJudge;

/**
 * What a model that reads two texts together says of two prompts and their answers: the
 * logarithm of the odds that they mean the same, or {@code null} if they are too long.
 */
final class JointReading {

	/** How much of each answer is read, so that both fit into the model's window. */
	private static final int WORDS = 36;

	private static final int CHARACTERS = 200;

	/** How much is tried if they do not fit: code has more tokens. */
	private static final int FEWER_CHARACTERS = 100;

	private final ParaphraseModel model;

	JointReading(ParaphraseModel model) {
		this.model = model;
	}

	@Nullable Double prompts(String prompt, String cachedPrompt) {
		return logit(prompt, cachedPrompt);
	}

	@Nullable Double answers(AnswerText answer, AnswerText cached) {
		Double logit = beginnings(answer, cached, CHARACTERS);
		return (logit != null) ? logit : beginnings(answer, cached, FEWER_CHARACTERS);
	}

	private @Nullable Double beginnings(AnswerText answer, AnswerText cached, int characters) {
		return logit(answer.beginning(WORDS, characters), cached.beginning(WORDS, characters));
	}

	/**
	 * The mean of both orders, for which the model has different opinions.
	 */
	private @Nullable Double logit(String text, String cached) {
		Double one = this.model.roughProbability(text, cached);
		Double other = this.model.roughProbability(cached, text);
		return (one != null && other != null) ? (logit(one) + logit(other)) / 2 : null;
	}

	private static double logit(double probability) {
		return Math.log(WordingJudge.odds(probability));
	}

}
