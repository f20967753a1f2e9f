package io.github.llmcache.test.contract;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

import io.github.llmcache.answer.AnswerEquivalence;
import io.github.llmcache.answer.AnswerEquivalence.Comparison;
import io.github.llmcache.djl.DjlParaphraseModel;
import io.github.llmcache.equivalence.TextEquivalence;

/**
 * {@link TextEquivalence} keeps the contract with the model of the starter.
 */
class TextEquivalenceContractTests extends AnswerEquivalenceContract {

	private static DjlParaphraseModel model;

	@BeforeAll
	static void load() {
		model = DjlParaphraseModel.bundled();
	}

	@AfterAll
	static void close() {
		model.close();
	}

	@Override
	protected AnswerEquivalence equivalence() {
		return new TextEquivalence(() -> model);
	}

	@Override
	protected Comparison same() {
		return new Comparison("task", "How do I turn on dark mode?",
				"Open the settings and choose Dark under Appearance.", "how can i turn dark mode on",
				"In the settings, under Appearance, choose Dark.");
	}

}
