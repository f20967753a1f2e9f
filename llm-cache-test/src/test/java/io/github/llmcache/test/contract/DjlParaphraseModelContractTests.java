package io.github.llmcache.test.contract;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

import io.github.llmcache.djl.DjlParaphraseModel;
import io.github.llmcache.verify.ParaphraseModel;

/**
 * The model of the starter keeps the contract.
 */
class DjlParaphraseModelContractTests extends ParaphraseModelContract {

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
	protected ParaphraseModel model() {
		return model;
	}

	@Override
	protected String tooLong() {
		return "dark mode ".repeat(70);
	}

}
