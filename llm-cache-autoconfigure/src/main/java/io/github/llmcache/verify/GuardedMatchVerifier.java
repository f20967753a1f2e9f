package io.github.llmcache.verify;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import io.github.llmcache.language.AnalyzedPrompt;
import io.github.llmcache.language.Lexicon;
import io.github.llmcache.language.PromptAnalyzer;
import io.github.llmcache.language.TokenKind;
import io.github.llmcache.prompt.LowerCase;

/**
 * Refuses a candidate when the determining words of the two prompts disagree. Needs no
 * learning and no model.
 * <p>
 * The prompts have to agree in numbers, dates, identifiers, quoted text, negation,
 * quantifiers, modals, question words, persons, names, all other content words, and in
 * the order or the prepositions that say who does what to whom. They may differ in case,
 * punctuation, inflection, contractions, British or American spelling, swapped letters,
 * politeness, and in a small reviewed set of synonyms and phrases. Function words are
 * known for English; words of other languages are compared as they stand.
 * <p>
 * Reasons of a refusal: {@code number}, {@code date}, {@code quoted-text},
 * {@code identifier}, {@code negation}, {@code antonym}, {@code quantifier},
 * {@code modal}, {@code question-word}, {@code tense}, {@code person}, {@code name},
 * {@code content-word}, {@code foreign-word}, {@code relation}, {@code order}; the detail
 * quotes the words that differ. Of several reasons, the firmest counts, and of these the
 * first. The task and the similarity are not looked at. Linear in the length of the
 * prompts; the first verdict in a JVM reads the word lists, which takes some tens of
 * milliseconds. Immutable.
 */
public final class GuardedMatchVerifier implements MatchVerifier {

	@Override
	public Verdict verify(Match match) {
		return objections(match.prompt(), match.cachedPrompt()).stream()
			.min(Comparator.comparing(Verdict::firmness))
			.orElseGet(Verdict::accept);
	}

	@Override
	public List<Verdict> objections(Match match) {
		return objections(match.prompt(), match.cachedPrompt());
	}

	/**
	 * The refusals of all guards that have one.
	 */
	List<Verdict> objections(String prompt, String cachedPrompt) {
		AnalyzedPrompt analyzed = Rules.ANALYZER.analyze(prompt);
		AnalyzedPrompt cached = Rules.ANALYZER.analyze(cachedPrompt);
		if (isOneSlip(prompt, cachedPrompt, analyzed, cached)) {
			return List.of();
		}
		Comparison comparison = Comparison.of(analyzed, cached, Rules.ANALYZER.lexicon());
		List<Verdict> objections = new ArrayList<>();
		for (MatchGuard guard : Rules.GUARDS) {
			Verdict verdict = guard.check(comparison);
			if (verdict != null) {
				objections.add(verdict);
			}
		}
		return objections;
	}

	/**
	 * Whether the prompts differ by a single typing error only, and not in anything that
	 * has to be equal letter by letter.
	 */
	private boolean isOneSlip(String text, String cachedText, AnalyzedPrompt prompt, AnalyzedPrompt cached) {
		Lexicon lexicon = Rules.ANALYZER.lexicon();
		return (lexicon.isOneSlip(prompt.words(), cached.words())
				|| lexicon.isOneSlip(LowerCase.of(text), LowerCase.of(cachedText)))
				&& prompt.quotes().equals(cached.quotes()) && Stream.of(TokenKind.SYMBOL, TokenKind.IDENTIFIER)
					.allMatch((kind) -> prompt.terms(kind).equals(cached.terms(kind)));
	}

	/**
	 * Read when they are first needed, and not while an application starts.
	 */
	private static final class Rules {

		static final PromptAnalyzer ANALYZER = PromptAnalyzer.english();

		static final List<MatchGuard> GUARDS = List.of(new NumberGuard(), new DateGuard(), new IdentifierGuard(),
				new QuoteGuard(), new NegationGuard(ANALYZER.lexicon()), new AntonymGuard(ANALYZER.lexicon()),
				new QuantifierGuard(), new ModalGuard(), new QuestionGuard(), new TenseGuard(), new PersonGuard(),
				new ContentGuard(ANALYZER.lexicon()), new OrderGuard());

	}

}
