package io.github.llmcache.equivalence;

import java.util.Map;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.answer.AnswerEquivalence;
import io.github.llmcache.answer.TextualAnswer;
import io.github.llmcache.verify.ParaphraseModel;

/**
 * Compares texts by what they say, and other values by {@code equals}.
 * <p>
 * Texts are a {@link CharSequence}, a {@link TextualAnswer}, or a collection of these
 * last, the parts of a stream. Texts that differ only in case, punctuation and blanks are
 * the same; different single words, such as labels, are different. For all others,
 * exchanged numbers, names, code and words count, and so does the probability that the
 * prompts, and the answers, mean the same, by a {@link ParaphraseModel}. A small model,
 * trained on answers that were worded differently each time, weighs these. The verdict is
 * {@link Verdict#UNKNOWN} unless that model is rather sure, and always without a
 * {@code ParaphraseModel}. It knows English, and reads only the first 4,000 characters of
 * each text.
 * <p>
 * Takes some tens of milliseconds. May be used by many threads. Throws what the model
 * throws.
 */
public final class TextEquivalence implements AnswerEquivalence {

	private final Supplier<? extends @Nullable ParaphraseModel> paraphraseModel;

	private final AnswerFigures figures = new AnswerFigures();

	private final EquivalenceModel model = EquivalenceModel.bundled();

	/**
	 * Create the comparison.
	 * @param paraphraseModel reads two texts together, or {@code null}; asked for when it
	 * is needed
	 */
	public TextEquivalence(Supplier<? extends @Nullable ParaphraseModel> paraphraseModel) {
		this.paraphraseModel = paraphraseModel;
	}

	@Override
	public Verdict judge(Comparison comparison) {
		if (comparison.answer().equals(comparison.cachedAnswer())) {
			return Verdict.SAME;
		}
		String answer = TextualAnswer.textOf(comparison.answer());
		String cachedAnswer = TextualAnswer.textOf(comparison.cachedAnswer());
		if (answer == null || cachedAnswer == null) {
			return Verdict.DIFFERENT;
		}
		String words = AnswerText.words(answer);
		String cachedWords = AnswerText.words(cachedAnswer);
		if (words.equals(cachedWords)) {
			return Verdict.SAME;
		}
		return isOneWord(words) && isOneWord(cachedWords) ? Verdict.DIFFERENT : judge(comparison, answer, cachedAnswer);
	}

	private static boolean isOneWord(String words) {
		return words.indexOf(' ') < 0;
	}

	private Verdict judge(Comparison comparison, String answer, String cachedAnswer) {
		ParaphraseModel reader = this.paraphraseModel.get();
		if (reader == null) {
			return Verdict.UNKNOWN;
		}
		Map<String, Double> figures = this.figures.of(comparison, answer, cachedAnswer, new JointReading(reader));
		return (figures != null) ? this.model.verdict(figures) : Verdict.UNKNOWN;
	}

}
