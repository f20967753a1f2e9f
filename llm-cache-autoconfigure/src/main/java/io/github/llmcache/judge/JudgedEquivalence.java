package io.github.llmcache.judge;

import io.github.llmcache.answer.AnswerEquivalence;
import io.github.llmcache.answer.TextualAnswer;
import io.github.llmcache.judge.EquivalenceJudge.Inquiry;

/**
 * Asks a judge about two answers where another comparison cannot tell whether they say
 * the same. What neither can tell is unknown.
 */
public final class JudgedEquivalence implements AnswerEquivalence {

	private final AnswerEquivalence first;

	private final JudgeCalls calls;

	/**
	 * Create the comparison.
	 * @param first is asked first
	 * @param calls asks the judge
	 */
	public JudgedEquivalence(AnswerEquivalence first, JudgeCalls calls) {
		this.first = first;
		this.calls = calls;
	}

	@Override
	public Verdict judge(Comparison comparison) {
		Verdict verdict = this.first.judge(comparison);
		return (verdict == Verdict.UNKNOWN) ? this.calls.label(inquiry(comparison)) : verdict;
	}

	private static Inquiry inquiry(Comparison comparison) {
		return new Inquiry(comparison.task(), comparison.prompt(), comparison.cachedPrompt(), text(comparison.answer()),
				text(comparison.cachedAnswer()));
	}

	private static String text(Object answer) {
		String text = TextualAnswer.textOf(answer);
		return (text != null) ? text : answer.toString();
	}

}
