package io.github.llmcache.calibration;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.calibration.Calibration.Choice;
import io.github.llmcache.store.Candidate;
import io.github.llmcache.verify.MatchVerifier.Firmness;
import io.github.llmcache.verify.MatchVerifier.Verdict;
import io.github.llmcache.verify.WordingJudge;

/**
 * The features from which we estimate how probable it is that a candidate's answer is
 * right although the verifier refuses it: how similar it is, how much more similar than
 * the nearest candidate with another answer, how many candidates support it, what the
 * model that reads both prompts says of it, of its supporters and of the others, and
 * which words of the prompt none of its supporters has, or all of them have and the
 * prompt does not.
 */
final class MatchFeatures {

	/** Number of features. */
	static final int COUNT = 17;

	/** Index of the logarithm of 1 + the number of supporters. */
	private static final int SUPPORTERS = 3;

	/**
	 * Index of what stands against the candidate, whatever speaks for it: 1 if a word
	 * that decides differs, another answer is nearly as similar, or answers are few,
	 * {@link #DOUBT} if only the model takes the prompt for another one, else 0.
	 */
	private static final int OBSTACLE = 15;

	/**
	 * Index of what the model gives to a candidate that the verifier refuses, with what
	 * firmness takes of it; 0 if it cannot outweigh the refusal, or cannot tell.
	 */
	private static final int WORDING = 16;

	/** Stands against the candidate unless the task's answers have shown it unfounded. */
	static final double DOUBT = 0.5;

	/**
	 * If the model's opinion is below this probability, answers that agree are those of
	 * look-alikes.
	 */
	private static final double LEAST_OPINION = 0.5;

	/**
	 * The same of the mean, where supporters are few or were judged to agree, which is
	 * less certain: see docs/accuracy.md.
	 */
	private static final double LEAST_MEAN_OPINION = 0.9;

	/**
	 * So many wordings with equal answers are one intent, which the model does not know.
	 * Fewer may be those of a look-alike.
	 */
	private static final int MANY_SUPPORTERS = 4;

	/**
	 * Opinions are not taken closer to 0 and 1 than this: one would outweigh all others.
	 */
	private static final double SUREST_OPINION = 1 - 1e-6;

	private static final double LARGEST_LOGIT = 6;

	/**
	 * A prompt that is more similar to the candidate than to one with another answer by
	 * less than this may ask for either: see docs/accuracy.md.
	 */
	private static final double LEAST_MARGIN = 0.05;

	/** Stands for the nearest other answer if there is none among the candidates. */
	private static final double FAR = 0.55;

	private static final double LARGEST_SUM = 4;

	private static final double USUAL_WORDS = 10;

	private static final int BEGINNING = 5;

	private static final int SHORTEST_COMPARED = 4;

	private final WordRarity rarity = new WordRarity();

	List<Double> of(Choice choice, boolean varied) {
		List<Candidate> supporters = choice.supporters();
		List<Candidate> candidates = choice.candidates();
		Words words = new Words(choice);
		List<String> added = missing(words.prompt, words.any);
		List<String> lost = missing(words.all, words.prompt);
		double weight = this.rarity.sum(words.prompt) + 0.1;
		Double opinion = choice.opinion().apply(choice.best());
		// what it says of the others would not make the candidate less doubtful
		Function<Candidate, @Nullable Double> opinions = isAnother(opinion) ? choice.known() : choice.opinion();
		return List.of(choice.best().similarity(), margin(choice), choice.support(), Math.log1p(supporters.size()),
				(double) supporters.size() / candidates.size(), logit(opinion), highestLogit(choice, true, opinions),
				highestLogit(choice, false, opinions), (double) answers(candidates), Math.log1p(candidates.size()),
				this.rarity.max(added), Math.min(LARGEST_SUM, this.rarity.sum(added)) / weight, this.rarity.max(lost),
				Math.min(LARGEST_SUM, this.rarity.sum(lost)) / weight, words.prompt.size() / USUAL_WORDS,
				obstacle(choice, varied, opinion), wording(choice.verdict(), opinion));
	}

	/**
	 * What the model gives to a candidate that the verifier refuses.
	 */
	static double wording(Verdict verdict, @Nullable Double opinion) {
		Firmness firmness = verdict.firmness();
		return (firmness != null && opinion != null) ? WordingJudge.sufficient(firmness, opinion) : 0;
	}

	private static double obstacle(Choice choice, boolean varied, @Nullable Double opinion) {
		if (isRuledOut(choice) || !varied) {
			return 1;
		}
		return isDoubted(choice, opinion) ? DOUBT : 0;
	}

	/**
	 * Whether the model takes the prompt for another one, by what it says of the
	 * candidate and, unless many answers are equal, of the supporters that it was asked
	 * about. One wording of a look-alike may deceive it, but all of them seldom do. What
	 * it cannot tell, or nobody asks it, is doubted, too.
	 */
	private static boolean isDoubted(Choice choice, @Nullable Double opinion) {
		return isAnother(opinion) || (!isOneIntent(choice)
				&& meanLogit(choice) < Math.log(LEAST_MEAN_OPINION / (1 - LEAST_MEAN_OPINION)));
	}

	/**
	 * Whether the model takes the prompt for another one than the candidate, or cannot
	 * tell.
	 */
	private static boolean isAnother(@Nullable Double opinion) {
		return opinion == null || opinion < LEAST_OPINION;
	}

	private static boolean isOneIntent(Choice choice) {
		List<Candidate> supporters = choice.supporters();
		byte[] answer = choice.best().entry().payload();
		return supporters.size() >= MANY_SUPPORTERS
				&& supporters.stream().allMatch((supporter) -> Arrays.equals(answer, supporter.entry().payload()));
	}

	private static double meanLogit(Choice choice) {
		return choice.supporters()
			.stream()
			.map(choice.opinion())
			.filter(Objects::nonNull)
			.mapToDouble((probability) -> Math.max(1 - SUREST_OPINION, Math.min(SUREST_OPINION, probability)))
			.map((probability) -> Math.log(probability / (1 - probability)))
			.average()
			.orElseThrow();
	}

	/**
	 * Whether several entries have the answer, no deciding word differs, and no other
	 * answer is nearly as similar. Otherwise, a candidate is served only if the task is
	 * calibrated.
	 */
	static boolean isSupported(Choice choice) {
		return choice.supporters().size() > 1 && !isRuledOut(choice);
	}

	private static boolean isRuledOut(Choice choice) {
		return isDeciding(choice) || margin(choice) < LEAST_MARGIN;
	}

	private static boolean isDeciding(Choice choice) {
		Firmness firmness = choice.verdict().firmness();
		return firmness == Firmness.ABSOLUTE || (firmness != Firmness.SOFT && !choice.precedent());
	}

	/**
	 * What stands against a candidate: 1 if what differs decides answers, and nothing
	 * shows that it does not matter here, if another answer is nearly as similar, or the
	 * task has few answers; {@link #DOUBT} if only the model does; else 0.
	 */
	static double obstacle(double[] features) {
		return features[OBSTACLE];
	}

	/**
	 * What the model gives to a candidate that the verifier refuses; 0 if the verifier
	 * accepts it, if nothing outweighs the refusal, and if the model cannot tell.
	 */
	static double wording(List<Double> features) {
		return features.get(WORDING);
	}

	/**
	 * Whether one entry alone has the answer.
	 */
	static boolean isSingle(double[] features) {
		return features[SUPPORTERS] < Math.log1p(2);
	}

	private static double margin(Choice choice) {
		List<Candidate> candidates = choice.candidates();
		double nearestOther = candidates.stream()
			.filter((candidate) -> !choice.supporters().contains(candidate))
			.mapToDouble(Candidate::similarity)
			.findFirst()
			.orElseGet(() -> Math.min(FAR, candidates.get(candidates.size() - 1).similarity()));
		return choice.best().similarity() - nearestOther;
	}

	private static long answers(List<Candidate> candidates) {
		return candidates.stream().map((candidate) -> candidate.entry().group()).distinct().count();
	}

	/**
	 * What the model says of the other supporters, or of the candidates that are not
	 * supporters.
	 */
	private static double highestLogit(Choice choice, boolean supporting,
			Function<Candidate, @Nullable Double> opinions) {
		return choice.candidates()
			.stream()
			.filter((candidate) -> candidate != choice.best() && choice.supporters().contains(candidate) == supporting)
			.mapToDouble((candidate) -> logit(opinions.apply(candidate)))
			.max()
			.orElse(-1);
	}

	private static double logit(@Nullable Double probability) {
		if (probability == null) {
			return -1;
		}
		double logit = Math.log(probability / (1 - probability));
		return Math.max(-LARGEST_LOGIT, Math.min(LARGEST_LOGIT, logit)) / LARGEST_LOGIT;
	}

	/**
	 * The words that are not among the others, not even with another ending or with a
	 * slip.
	 */
	private static List<String> missing(Collection<String> words, Set<String> others) {
		Set<String> beginnings = new HashSet<>();
		Set<String> letters = new HashSet<>();
		for (String other : others) {
			beginnings.add(beginning(other));
			letters.add(sortedLetters(other));
		}
		List<String> missing = new ArrayList<>();
		for (String word : words) {
			boolean same = word.length() >= SHORTEST_COMPARED
					&& (beginnings.contains(beginning(word)) || letters.contains(sortedLetters(word)));
			if (!same && !others.contains(word)) {
				missing.add(word);
			}
		}
		return missing;
	}

	private static String beginning(String word) {
		return word.substring(0, Math.min(BEGINNING, word.length()));
	}

	private static String sortedLetters(String word) {
		return word.chars()
			.sorted()
			.collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
			.toString();
	}

	/**
	 * Words of the prompt, and of any and of all of its supporters.
	 */
	private static final class Words {

		private final Set<String> prompt;

		private final Set<String> any = new HashSet<>();

		private final Set<String> all;

		Words(Choice choice) {
			this.prompt = WordRarity.words(choice.prompt());
			this.all = WordRarity.words(choice.best().entry().prompt());
			for (Candidate supporter : choice.supporters()) {
				Set<String> words = WordRarity.words(supporter.entry().prompt());
				this.any.addAll(words);
				this.all.retainAll(words);
			}
		}

	}

}
