package io.github.llmcache.equivalence;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.answer.AnswerEquivalence.Comparison;
import io.github.llmcache.language.Lexicon;
import io.github.llmcache.language.PromptAnalyzer;

/**
 * What speaks for and against two texts saying the same, in figures. Statements that both
 * texts have are left out, since they make no difference. Immutable.
 */
final class AnswerFigures {

	/**
	 * The figures by their names; {@code null} if the prompts are too long for the model.
	 */
	@Nullable Map<String, Double> of(Comparison comparison, String answer, String cachedAnswer, JointReading reading) {
		AnswerText all = AnswerText.of(answer);
		AnswerText allCached = AnswerText.of(cachedAnswer);
		AnswerText own = all.without(allCached);
		AnswerText ownCached = allCached.without(all);
		boolean contained = own.isEmpty() || ownCached.isEmpty();
		return contained ? of(comparison, all, allCached, reading) : of(comparison, own, ownCached, reading);
	}

	private @Nullable Map<String, Double> of(Comparison comparison, AnswerText answer, AnswerText cachedAnswer,
			JointReading reading) {
		Double prompts = reading.prompts(comparison.prompt(), comparison.cachedPrompt());
		Double answers = reading.answers(answer, cachedAnswer);
		if (prompts == null || answers == null) {
			return null;
		}
		Map<String, Double> figures = new LinkedHashMap<>();
		figures.put("prompts", prompts);
		figures.put("answers", answers);
		addPrompts(figures, terms(comparison.prompt()), terms(comparison.cachedPrompt()));
		addAnswers(figures, terms(answer.text()), terms(cachedAnswer.text()));
		return figures;
	}

	/**
	 * The more words two prompts share, the more an exchanged word says.
	 */
	private void addPrompts(Map<String, Double> figures, Terms prompt, Terms cached) {
		Overlap content = Overlap.of(prompt.content(), cached.content());
		figures.put("exchanged-in-prompt", (content.exchanged() > 0) ? content.similarity() : 0);
		figures.put("opposites-in-prompt", damped(opposites(content)));
		figures.put("numbers-in-prompt", damped(prompt.numbers(cached).exchanged()));
	}

	private void addAnswers(Map<String, Double> figures, Terms answer, Terms cached) {
		Overlap numbers = answer.numbers(cached);
		List<Overlap> quantities = answer.commonUnits(cached);
		figures.put("numbers-shared", damped(numbers.shared()));
		figures.put("numbers-exchanged", damped(numbers.exchanged()));
		figures.put("numbers-disjoint", numbers.isDisjoint() ? 1.0 : 0.0);
		figures.put("quantities-equal", damped(quantities.stream().filter((unit) -> unit.shared() > 0).count()));
		figures.put("quantities-disjoint", damped(quantities.stream().filter(Overlap::isDisjoint).count()));
		figures.put("names-exchanged", damped(Overlap.of(answer.names(), cached.names()).exchanged()));
		Overlap codes = Overlap.of(answer.codes(), cached.codes());
		figures.put("codes-exchanged", damped(codes.exchanged()));
		figures.put("codes", codes.containment());
		figures.put("content", Overlap.of(answer.content(), cached.content()).containment());
	}

	/** The first few count most. */
	private static double damped(long count) {
		return Math.log1p(count);
	}

	private long opposites(Overlap content) {
		Lexicon lexicon = PromptAnalyzer.english().lexicon();
		return content.first()
			.stream()
			.filter((term) -> content.second().stream().anyMatch((other) -> lexicon.areOpposites(term, other)))
			.count();
	}

	private Terms terms(String text) {
		PromptAnalyzer analyzer = PromptAnalyzer.english();
		return Terms.of(analyzer.analyze(text), analyzer.lexicon());
	}

}
