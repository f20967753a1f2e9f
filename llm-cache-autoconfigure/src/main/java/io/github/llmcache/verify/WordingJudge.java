package io.github.llmcache.verify;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.verify.MatchVerifier.Firmness;
import io.github.llmcache.verify.MatchVerifier.Verdict;

/**
 * Combines a verifier's verdict on two prompts with the opinion of a
 * {@link ParaphraseModel}, which outweighs a refusal that is not
 * {@linkplain Firmness#ABSOLUTE absolute} if it is sure enough, and an acceptance if it
 * is sure of the contrary. The figures are explained in docs/accuracy.md.
 */
public final class WordingJudge {

	/** The reason for which the model refuses what the verifier accepts. */
	private static final String WORDING = "wording";

	/**
	 * Below this probability, the model refuses what the verifier accepts: the deciding
	 * words agree, and yet the model takes the prompts for different ones.
	 */
	private static final double LEAST_IF_ACCEPTED = 0.02;

	/**
	 * How much surer the model has to be, as a factor of the odds, where something
	 * differs that decides more often than a word of the content does.
	 */
	private static final double FIRM = 1.5;

	/**
	 * The same, where one word was exchanged for another or added: the model knows both
	 * frames to be the same, and is easily too sure of the rest.
	 */
	private static final double HARD = 3;

	private WordingJudge() {
	}

	/**
	 * The verdict of both.
	 * @param verdict the verifier's verdict
	 * @param probability how probable it is by the model that both prompts ask for the
	 * same, between 0 and 1; {@code null} if it cannot tell
	 * @param minProbability the lowest probability that outweighs a refusal, between 0
	 * and 1; at 1 none does
	 * @return the verifier's verdict if the model does not outweigh it
	 */
	public static Verdict combine(Verdict verdict, @Nullable Double probability, double minProbability) {
		Firmness firmness = verdict.firmness();
		if (probability == null || firmness == Firmness.ABSOLUTE) {
			return verdict;
		}
		if (firmness == null) {
			return (probability >= LEAST_IF_ACCEPTED) ? verdict : Verdict.refuse(Firmness.SOFT, WORDING, null);
		}
		return (minProbability < 1 && odds(firmness, probability) >= odds(minProbability)) ? Verdict.accept() : verdict;
	}

	/**
	 * The highest {@code minProbability} with which a refusal would be outweighed.
	 * @param firmness how firm the refusal is
	 * @param probability how probable it is by the model that both prompts ask for the
	 * same, between 0 and 1
	 * @return the probability, between 0 and 1; 0 if the refusal is absolute
	 */
	public static double sufficient(Firmness firmness, double probability) {
		if (firmness == Firmness.ABSOLUTE) {
			return 0;
		}
		if (probability >= 1) {
			return probability;
		}
		double odds = odds(firmness, probability);
		return odds / (1 + odds);
	}

	/** What is left of the odds against a refusal, which is not absolute. */
	private static double odds(Firmness firmness, double probability) {
		double odds = odds(probability);
		return switch (firmness) {
			case HARD -> odds / HARD;
			case FIRM -> odds / FIRM;
			case SOFT -> odds;
			case ABSOLUTE -> throw new IllegalArgumentException("Nothing outweighs an absolute refusal");
		};
	}

	/**
	 * A probability with higher odds.
	 * @param probability between 0 and 1
	 * @param factor of the odds, more than 0
	 * @return the probability, between 0 and 1; what is certain stays so
	 */
	public static double raise(double probability, double factor) {
		double odds = odds(probability) * factor;
		return (probability < 1) ? odds / (1 + odds) : probability;
	}

	/**
	 * The odds of a probability.
	 * @param probability between 0 and 1
	 * @return {@code p / (1 - p)}
	 */
	public static double odds(double probability) {
		return probability / (1 - probability);
	}

}
