package io.github.llmcache.interceptor;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.github.llmcache.annotation.LlmCacheEvict;
import io.github.llmcache.annotation.LlmCacheIgnore;
import io.github.llmcache.annotation.LlmCachePrompt;
import io.github.llmcache.annotation.LlmCacheScope;
import io.github.llmcache.annotation.LlmCached;
import io.github.llmcache.answer.CachedAnswer;
import io.github.llmcache.answer.Outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What an annotated method does, with everything real but the language model.
 */
@SpringBootTest(properties = { "llm-cache.store=memory", "llm-cache.semantic.enabled=false", "tasks.summary=summary",
		"ttls.none=0" })
class LlmCachedTests {

	@Autowired
	private Assistant assistant;

	@Autowired
	private Assistant.Translator translator;

	@Autowired
	private AtomicInteger calls;

	@Test
	void repeatedPromptIsAnsweredFromTheCache() {
		String first = this.assistant.ask("What is a monad?", "small");
		assertThat(this.assistant.ask("What is a monad?", "small")).isEqualTo(first);
		assertThat(this.assistant.ask("  What is a monad? \n", "small")).isEqualTo(first);
		assertThat(this.assistant.ask("What is a functor?", "small")).isNotEqualTo(first);
	}

	@Test
	void answerOfAnotherModelIsNotServed() {
		assertThat(this.assistant.ask("Which model are you?", "small"))
			.isNotEqualTo(this.assistant.ask("Which model are you?", "large"));
	}

	@Test
	void everyOtherArgumentCounts() {
		String first = this.assistant.askWith("Write a poem", 0.2, Map.of("a", 1, "b", 2));
		assertThat(this.assistant.askWith("Write a poem", 0.2, Map.of("b", 2, "a", 1))).isEqualTo(first);
		assertThat(this.assistant.askWith("Write a poem", 0.3, Map.of("a", 1, "b", 2))).isNotEqualTo(first);
		assertThat(this.assistant.askWith("Write a poem", 0.2, Map.of("a", 1))).isNotEqualTo(first);
	}

	@Test
	void ignoredArgumentDoesNotCount() {
		String first = this.assistant.askTraced("Who am I?", "tenant-a", "trace-1");
		assertThat(this.assistant.askTraced("Who am I?", "tenant-a", "trace-2")).isEqualTo(first);
	}

	@Test
	void answerOfAnotherScopeIsNotServed() {
		assertThat(this.assistant.askTraced("Where do I live?", "tenant-a", "t"))
			.isNotEqualTo(this.assistant.askTraced("Where do I live?", "tenant-b", "t"));
	}

	@Test
	void promptInsideOfAnArgumentIsTakenOutOfTheIdentity() {
		Question question = new Question("How far is the moon?", "en", List.of());
		CachedAnswer<String> first = this.assistant.askQuestion(question);
		assertThat(first.outcome()).isEqualTo(Outcome.MISS);
		assertThat(this.assistant.askQuestion(question).outcome()).isEqualTo(Outcome.EXACT);
		assertThat(this.assistant.askQuestion(new Question("How far is the moon?", "de", List.of())).outcome())
			.isEqualTo(Outcome.MISS);
		assertThat(this.assistant.askQuestion(new Question("How far is the sun?", "en", List.of())).outcome())
			.isEqualTo(Outcome.MISS);
	}

	@Test
	void outcomeIsToldByTheWrapper() {
		Question question = new Question("Tell me more", "en", List.of("earlier"));
		this.assistant.askQuestion(question);
		CachedAnswer<String> hit = this.assistant.askQuestion(question);
		assertThat(hit.isHit()).isTrue();
		assertThat(hit.age()).isNotNull();
		assertThat(hit.entryId()).hasSize(64);
		assertThat(hit.similarity()).isNull();
	}

	@Test
	void typesComeBackAsDeclared() {
		List<Item> first = this.assistant.list("colours");
		int before = this.calls.get();
		assertThat(this.assistant.list("colours")).isEqualTo(first).hasOnlyElementsOfType(Item.class);
		assertThat(this.calls).hasValue(before);
	}

	@Test
	void primitivesAreSupported() {
		int first = this.assistant.rate("Nice work");
		assertThat(this.assistant.rate("Nice work")).isEqualTo(first);
	}

	@Test
	void optionalIsSupportedAndEmptyIsNotStored() {
		assertThat(this.assistant.maybe("yes")).isEqualTo(this.assistant.maybe("yes"));
		int before = this.calls.get();
		this.assistant.maybe("no");
		this.assistant.maybe("no");
		assertThat(this.calls).hasValue(before + 2);
	}

	@Test
	void conditionAndUnlessAreObeyed() {
		assertThat(this.assistant.conditional("short")).isNotEqualTo(this.assistant.conditional("short"));
		assertThat(this.assistant.conditional("a longer prompt"))
			.isEqualTo(this.assistant.conditional("a longer prompt"));
		assertThat(this.assistant.conditional("please fail to answer"))
			.isNotEqualTo(this.assistant.conditional("please fail to answer"));
	}

	@Test
	void ttlOfZeroDoesNotStore() {
		assertThat(this.assistant.neverStored("Now?").outcome()).isEqualTo(Outcome.BYPASS);
		assertThat(this.assistant.neverStored("Now?").reason()).isEqualTo("ttl-zero");
	}

	@Test
	void exceptionReachesTheCallerAsItWasThrownAndIsNotStored() {
		int before = this.calls.get();
		for (int call = before + 1; call <= before + 2; call++) {
			assertThatExceptionOfType(ModelException.class).isThrownBy(() -> this.assistant.failing("Boom"))
				.withMessage("call " + this.calls.get())
				.withNoCause();
		}
	}

	@Test
	void nullPromptBypassesTheCache() {
		assertThat(this.assistant.ask(null, "small")).isNotEqualTo(this.assistant.ask(null, "small"));
	}

	@Test
	void argumentWithoutCanonicalFormBypassesTheCache() {
		CachedAnswer<String> answer = this.assistant.askStrange("Hi", List.of("a").iterator());
		assertThat(answer.outcome()).isEqualTo(Outcome.BYPASS);
		assertThat(answer.reason()).isEqualTo("uncacheable-argument");
		assertThat(answer.value()).endsWith("true");
	}

	@Test
	void annotationOnAnInterfaceAndAMetaAnnotationWork() {
		String first = this.translator.translate("house", "de");
		assertThat(this.translator.translate("house", "de")).isEqualTo(first);
		assertThat(this.translator.translate("house", "fr")).isNotEqualTo(first);
	}

	@Test
	void evictionByTagRemovesTheTaggedAnswersOnly() {
		String tagged = this.assistant.summarise("long text", 7);
		String other = this.assistant.summarise("long text", 8);
		this.assistant.customerChanged(7);
		assertThat(this.assistant.summarise("long text", 7)).isNotEqualTo(tagged);
		assertThat(this.assistant.summarise("long text", 8)).isEqualTo(other);
	}

	@Test
	void evictionByPatternAndModelRemovesTheMatchingAnswersOnly() {
		String refund = this.assistant.ask("How do refunds work?", "small");
		String refundOfLarge = this.assistant.ask("How do refunds work?", "large");
		String shipping = this.assistant.ask("How does shipping work?", "small");
		this.assistant.forget("small", "*REFUND*");
		assertThat(this.assistant.ask("How do refunds work?", "small")).isNotEqualTo(refund);
		assertThat(this.assistant.ask("How do refunds work?", "large")).isEqualTo(refundOfLarge);
		assertThat(this.assistant.ask("How does shipping work?", "small")).isEqualTo(shipping);
	}

	@Test
	void missingCriterionNeverWidensAnEviction() {
		String kept = this.assistant.ask("Keep me", "small");
		assertThatExceptionOfType(IllegalArgumentException.class)
			.isThrownBy(() -> this.assistant.forget(null, "*keep*"))
			.withMessageContaining("model");
		assertThat(this.assistant.ask("Keep me", "small")).isEqualTo(kept);
	}

	@Test
	void taskCanBeAnExpression() {
		String first = this.assistant.dynamic("one", "Same prompt");
		assertThat(this.assistant.dynamic("one", "Same prompt")).isEqualTo(first);
		assertThat(this.assistant.dynamic("two", "Same prompt")).isNotEqualTo(first);
	}

	record Question(String text, String language, List<String> history) {

	}

	record Item(String name, int rank) {

	}

	static class ModelException extends Exception {

		ModelException(String message) {
			super(message);
		}

	}

	static class Assistant {

		private final AtomicInteger calls;

		Assistant(AtomicInteger calls) {
			this.calls = calls;
		}

		@LlmCached(task = "ask")
		public String ask(@Nullable String prompt, String model) {
			return "answer " + this.calls.incrementAndGet();
		}

		@LlmCached("ask-with")
		public String askWith(String prompt, double temperature, Map<String, Integer> options) {
			return "answer " + this.calls.incrementAndGet();
		}

		@LlmCached("ask-traced")
		public String askTraced(@LlmCachePrompt String text, @LlmCacheScope String tenant,
				@LlmCacheIgnore String trace) {
			return "answer " + this.calls.incrementAndGet();
		}

		@LlmCached(task = "ask-question", prompt = "#question.text()", semantic = true)
		public CachedAnswer<String> askQuestion(Question question) {
			return CachedAnswer.of("answer " + this.calls.incrementAndGet());
		}

		@LlmCached("list")
		public List<Item> list(String prompt) {
			this.calls.incrementAndGet();
			return List.of(new Item(prompt, 1));
		}

		@LlmCached("rate")
		public int rate(String prompt) {
			return this.calls.incrementAndGet();
		}

		@LlmCached("maybe")
		public Optional<String> maybe(String prompt) {
			int call = this.calls.incrementAndGet();
			return prompt.equals("no") ? Optional.empty() : Optional.of("answer " + call);
		}

		@LlmCached(task = "conditional", condition = "#prompt.length() > 10", unless = "#result.contains('fail')")
		public String conditional(String prompt) {
			return prompt + " " + this.calls.incrementAndGet();
		}

		@LlmCached(task = "never-stored", ttl = "${ttls.none}")
		public CachedAnswer<String> neverStored(String prompt) {
			return CachedAnswer.of("answer");
		}

		@LlmCached("failing")
		public String failing(String prompt) throws ModelException {
			throw new ModelException("call " + this.calls.incrementAndGet());
		}

		@LlmCached("strange")
		public CachedAnswer<String> askStrange(String prompt, Iterator<String> context) {
			return CachedAnswer.of("answer " + context.hasNext());
		}

		@LlmCached(task = "${tasks.summary}", tags = { "all-customers", "customer-#{#customer}" })
		public String summarise(String prompt, int customer) {
			return "answer " + this.calls.incrementAndGet();
		}

		@LlmCacheEvict(task = "${tasks.summary}", tag = "customer-#{#customer}")
		public void customerChanged(int customer) {
		}

		@LlmCacheEvict(task = "ask", model = "#model", promptPattern = "#pattern")
		public void forget(@Nullable String model, String pattern) {
		}

		@LlmCached(task = "dynamic-#{#kind}")
		public String dynamic(@LlmCacheIgnore String kind, String prompt) {
			return "answer " + this.calls.incrementAndGet();
		}

		interface Translator {

			@Translation
			String translate(String text, Object language);

		}

		@LlmCached(task = "translation")
		@Retention(RetentionPolicy.RUNTIME)
		@interface Translation {

		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		AtomicInteger calls() {
			return new AtomicInteger();
		}

		@Bean
		Assistant assistant(AtomicInteger calls) {
			return new Assistant(calls);
		}

		@Bean
		Assistant.Translator translator(AtomicInteger calls) {
			return (text, language) -> text + " " + calls.incrementAndGet();
		}

	}

}
