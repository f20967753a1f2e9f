package io.github.llmcache.calibration;

import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.answer.AnswerEquivalence;
import io.github.llmcache.answer.TextualAnswer;
import io.github.llmcache.embedding.TextEmbedder;
import io.github.llmcache.prompt.LowerCase;

/**
 * Two answers say the same thing if they are equal, or if they are texts (or
 * {@linkplain TextualAnswer carry one}) that differ only in case, punctuation and blanks,
 * or whose embeddings are very similar while numbers and negations are the same.
 * <p>
 * For free texts this is a guess, and a strict one: what is not recognised as the same
 * counts as wrong. An {@link AnswerEquivalence} bean that asks a judge model is better.
 */
public final class DefaultAnswerEquivalence implements AnswerEquivalence {

	private static final Pattern SEPARATORS = Pattern.compile("[\\p{Punct}\\s]+");

	// a word boundary (\b) would look for the letter of each combining mark
	private static final Pattern DETERMINING = Pattern.compile("\\d+|(?<![\\p{L}\\p{N}_])"
			+ "(?:not?|never|without|cannot|none)(?![\\p{L}\\p{N}_])|n't(?![\\p{L}\\p{N}_])");

	private final Supplier<? extends @Nullable TextEmbedder> embedder;

	private final double minSimilarity;

	/**
	 * Create the comparison.
	 * @param embedder gives the embedder of texts, or {@code null}; called when it is
	 * needed
	 * @param minSimilarity lowest cosine similarity of two texts that say the same thing,
	 * between 0 and 1; at 1, texts are not embedded
	 */
	public DefaultAnswerEquivalence(Supplier<? extends @Nullable TextEmbedder> embedder, double minSimilarity) {
		this.embedder = embedder;
		this.minSimilarity = minSimilarity;
	}

	@Override
	public Verdict judge(Comparison comparison) {
		if (comparison.answer().equals(comparison.cachedAnswer())) {
			return Verdict.SAME;
		}
		String one = text(comparison.answer());
		String other = text(comparison.cachedAnswer());
		return Verdict.of(one != null && other != null && isSameText(LowerCase.of(one), LowerCase.of(other)));
	}

	private static @Nullable String text(Object answer) {
		if (answer instanceof CharSequence text) {
			return text.toString();
		}
		if (answer instanceof TextualAnswer textual) {
			return textual.text();
		}
		if (answer instanceof Collection<?> parts && parts.stream().allMatch(TextualAnswer.class::isInstance)) {
			return parts.stream().map((part) -> ((TextualAnswer) part).text()).collect(Collectors.joining());
		}
		return null;
	}

	private boolean isSameText(String one, String other) {
		return words(one).equals(words(other)) || (this.minSimilarity < 1 && determining(one).equals(determining(other))
				&& similarity(one, other) >= this.minSimilarity);
	}

	private static String words(String text) {
		return SEPARATORS.matcher(text).replaceAll(" ").strip();
	}

	private static List<String> determining(String text) {
		return DETERMINING.matcher(text).results().map(MatchResult::group).sorted().toList();
	}

	private double similarity(String one, String other) {
		TextEmbedder textEmbedder = this.embedder.get();
		float[] first = (textEmbedder != null) ? textEmbedder.embed(one) : null;
		float[] second = (textEmbedder != null) ? textEmbedder.embed(other) : null;
		if (first == null || second == null) {
			return 0; // beyond the window: nobody knows
		}
		return TextEmbedder.similarity(first, second);
	}

}
