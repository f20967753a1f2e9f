package io.github.llmcache.autoconfigure;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.Prompt;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import io.github.llmcache.answer.AnswerEquivalence.Verdict;
import io.github.llmcache.answer.Outcome;
import io.github.llmcache.autoconfigure.executor.JudgeExecutor;
import io.github.llmcache.core.CacheRequest;
import io.github.llmcache.core.LlmCache;
import io.github.llmcache.event.JudgeEvent.Result;
import io.github.llmcache.judge.EquivalenceJudge;
import io.github.llmcache.metrics.StatisticsSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which judge is asked, and when.
 */
class JudgeConfigurationTests {

	private static final String BEFORE_SERVING = "llm-cache.semantic.judge.before-serving=true";

	private static final String ASK_ABOUT_ALL = "llm-cache.semantic.judge.min-probability=0";

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(LlmCacheAutoConfiguration.class))
		.withPropertyValues("llm-cache.semantic.judge.max-wait=5m");

	@Test
	void onlyJudgeIsAskedBeforeServingIfThatIsWanted() {
		this.contextRunner.withBean("always", EquivalenceJudge.class, () -> (inquiry) -> Verdict.SAME)
			.withPropertyValues(BEFORE_SERVING, ASK_ABOUT_ALL)
			.run((context) -> {
				assertThat(outcome(context.getBean(LlmCache.class))).isEqualTo(Outcome.SEMANTIC);
				assertThat(context.getBean(StatisticsSource.class)
					.statistics()
					.total()
					.judgements()
					.get(Result.SAME)
					.count()).isEqualTo(2);
			});
	}

	@Test
	void judgeAloneChangesNothingThatIsServed() {
		this.contextRunner.withBean("always", EquivalenceJudge.class, () -> (inquiry) -> Verdict.SAME)
			.withPropertyValues(ASK_ABOUT_ALL)
			.run((context) -> assertThat(outcome(context.getBean(LlmCache.class))).isEqualTo(Outcome.MISS));
	}

	@Test
	void oneOfSeveralJudgesIsNamed() {
		ApplicationContextRunner two = this.contextRunner
			.withBean("always", EquivalenceJudge.class, () -> (inquiry) -> Verdict.SAME)
			.withBean("never", EquivalenceJudge.class, () -> (inquiry) -> Verdict.DIFFERENT)
			.withPropertyValues(BEFORE_SERVING, ASK_ABOUT_ALL);
		two.withPropertyValues("llm-cache.semantic.judge.bean=always")
			.run((context) -> assertThat(outcome(context.getBean(LlmCache.class))).isEqualTo(Outcome.SEMANTIC));
		two.withPropertyValues("llm-cache.semantic.judge.bean=never")
			.run((context) -> assertThat(outcome(context.getBean(LlmCache.class))).isEqualTo(Outcome.MISS));
		assertRefused(two, "several EquivalenceJudge beans: 'always', 'never'", "llm-cache.semantic.judge.bean");
	}

	@Test
	void modelOrClientOfSpringAiIsAJudgeIfItIsNamed() {
		ApplicationContextRunner models = this.contextRunner.withBean("model", ChatModel.class, Agreeing::new)
			.withBean("client", ChatClient.class, () -> ChatClient.create(new Agreeing()))
			.withPropertyValues(BEFORE_SERVING, ASK_ABOUT_ALL);
		for (String name : new String[] { "model", "client" }) {
			models.withPropertyValues("llm-cache.semantic.judge.bean=" + name)
				.run((context) -> assertThat(outcome(context.getBean(LlmCache.class))).isEqualTo(Outcome.SEMANTIC));
		}
		assertRefused(models, "there is no judge", "Name a ChatModel or ChatClient bean");
		assertRefused(
				models.withPropertyValues("llm-cache.semantic.judge.bean=model")
					.withClassLoader(new FilteredClassLoader("org.springframework.ai.chat.client")),
				"'model', which is not", "spring-ai-client-chat");
	}

	@Test
	void missingJudgeIsExplained() {
		assertRefused(this.contextRunner.withPropertyValues(BEFORE_SERVING), "there is no judge",
				"define an EquivalenceJudge bean");
	}

	@Test
	void nameOfSomethingElseIsExplained() {
		for (String name : new String[] { "llmCache", "nothing" }) {
			assertRefused(this.contextRunner.withPropertyValues("llm-cache.semantic.judge.bean=" + name),
					"'" + name + "', which is not the name of an EquivalenceJudge", "Give the name of such a bean");
		}
	}

	@Test
	void valuesOutOfRangeAreExplained() {
		for (String wrong : new String[] { "max-wait=0s", "calls-per-minute=0", "min-probability=1.1",
				"confirm-below=-0.1", "max-candidates=0", "remembered=-1" }) {
			String property = "llm-cache.semantic.judge." + wrong;
			assertRefused(this.contextRunner.withPropertyValues(property), property.substring(0, property.indexOf('=')),
					"Give a");
		}
	}

	@Test
	void judgeExecutorBacksOff() {
		this.contextRunner.withBean("own", JudgeExecutor.class, () -> new JudgeExecutor((Executor) Runnable::run))
			.run((context) -> assertThat(context).getBeanNames(JudgeExecutor.class).containsExactly("own"));
	}

	@Test
	void withoutSemanticMatchingThereIsNoJudge() {
		this.contextRunner.withPropertyValues("llm-cache.semantic.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(JudgeExecutor.class));
	}

	/**
	 * The outcome for something that the guards refuse, and are not certain of.
	 */
	private static Outcome outcome(LlmCache cache) {
		ask(cache, "How do I turn on dark mode?");
		return ask(cache, "I want the dark theme enabled");
	}

	private static Outcome ask(LlmCache cache, String prompt) {
		return cache
			.get(CacheRequest.forTask("support", String.class)
				.prompt(prompt)
				.policy((policy) -> policy.minSimilarity(0.1))
				.semantic(true)
				.build(), () -> "Press D.")
			.outcome();
	}

	/**
	 * Takes all prompts for the same.
	 */
	private static final class Agreeing implements ChatModel {

		private static final Pattern WORD = Pattern.compile("VERDICT ([0-9a-f]+)");

		@Override
		public ChatResponse call(Prompt prompt) {
			Matcher word = WORD.matcher(prompt.getContents());
			assertThat(word.find()).isTrue();
			return new ChatResponse(
					List.of(new Generation(new AssistantMessage("VERDICT " + word.group(1) + " SAME"))));
		}

	}

	private static void assertRefused(ApplicationContextRunner runner, String fact, String remedy) {
		runner.run((context) -> {
			assertThat(context).hasFailed();
			FailureAnalysis analysis = new LlmCacheFailureAnalyzer().analyze(context.getStartupFailure());
			assertThat(analysis).isNotNull();
			assertThat(analysis.getDescription()).contains(fact);
			assertThat(analysis.getAction()).contains(remedy);
		});
	}

}
