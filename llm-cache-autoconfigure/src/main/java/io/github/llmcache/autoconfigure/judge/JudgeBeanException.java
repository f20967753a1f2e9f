package io.github.llmcache.autoconfigure.judge;

import java.util.List;

import io.github.llmcache.diagnostics.SetupException;

/**
 * There is no judge as the properties ask for, or more than one.
 */
final class JudgeBeanException extends SetupException {

	private JudgeBeanException(String problem, String remedy) {
		super(problem, remedy, null);
	}

	static JudgeBeanException unusable(String name) {
		return new JudgeBeanException(
				"The property 'llm-cache.semantic.judge.bean' is '" + name
						+ "', which is not the name of an EquivalenceJudge, ChatModel or ChatClient bean.",
				"Give the name of such a bean; for a ChatModel or ChatClient, spring-ai-client-chat has to be on the"
						+ " classpath.");
	}

	static JudgeBeanException missing() {
		return new JudgeBeanException(
				"The property 'llm-cache.semantic.judge.before-serving' is 'true', but there is no judge.",
				"Name a ChatModel or ChatClient bean by llm-cache.semantic.judge.bean, define an EquivalenceJudge bean,"
						+ " or remove the property.");
	}

	static JudgeBeanException several(List<String> names) {
		return new JudgeBeanException("There are several EquivalenceJudge beans: '" + String.join("', '", names) + "'.",
				"Name one of them by llm-cache.semantic.judge.bean.");
	}

}
