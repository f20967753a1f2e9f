package io.github.llmcache.interceptor;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.Stream;

import kotlin.Metadata;
import kotlin.coroutines.Continuation;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.description.annotation.AnnotationDescription;
import net.bytebuddy.description.modifier.Visibility;
import net.bytebuddy.implementation.FixedValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.support.StaticListableBeanFactory;

import io.github.llmcache.annotation.LlmCacheEvict;
import io.github.llmcache.annotation.LlmCachePrompt;
import io.github.llmcache.annotation.LlmCacheScope;
import io.github.llmcache.annotation.LlmCached;
import io.github.llmcache.answer.CachedAnswer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Annotations that cannot be carried out, and what is reported to their authors.
 */
class InvalidOperationTests {

	private final LlmCacheOperationSource source = new LlmCacheOperationSource(new StaticListableBeanFactory(),
			(text) -> text);

	@ParameterizedTest
	@MethodSource
	void invalidAnnotationIsExplained(Class<?> type, String problem, String remedy) {
		assertThatExceptionOfType(InvalidOperationException.class).isThrownBy(() -> this.source.hasOperations(type))
			.satisfies((ex) -> {
				assertThat(ex.getProblem()).startsWith("Method " + type.getName() + ".").contains(problem);
				assertThat(ex.getRemedy()).contains(remedy);
			});
	}

	@Test
	void missingNamesOfParametersAreExplained() {
		assertThatExceptionOfType(InvalidOperationException.class)
			.isThrownBy(() -> this.source.hasOperations(withoutNames("#question")))
			.satisfies((ex) -> {
				assertThat(ex.getProblem()).contains("'#question' in 'prompt'",
						"[a0, a1] (the class file has no names)");
				assertThat(ex.getRemedy()).contains("'-parameters'", "'#a0'");
			});
		assertThatExceptionOfType(InvalidOperationException.class)
			.isThrownBy(() -> this.source.hasOperations(withoutNames("")))
			.satisfies((ex) -> assertThat(ex.getRemedy()).contains("'-parameters'", "@LlmCachePrompt"));
		assertThat(this.source.hasOperations(withoutNames("#a0"))).isTrue();
	}

	/**
	 * A class that was compiled without {@code -parameters}.
	 */
	private static Class<?> withoutNames(String prompt) {
		return new ByteBuddy().subclass(Object.class)
			.defineMethod("ask", String.class, Visibility.PUBLIC)
			.withParameters(String.class, String.class)
			.intercept(FixedValue.value("answer"))
			.annotateMethod(AnnotationDescription.Builder.ofType(LlmCached.class)
				.define("task", "support")
				.define("prompt", prompt)
				.build())
			.make()
			.load(InvalidOperationTests.class.getClassLoader())
			.getLoaded();
	}

	static Stream<Arguments> invalidAnnotationIsExplained() {
		return Stream.of(Arguments.of(NoTask.class, "without a task", "task ="),
				Arguments.of(ReturnsNothing.class, "returns nothing", "Return the answer"),
				Arguments.of(ReturnsObject.class, "java.lang.Object", "concrete type"),
				Arguments.of(ReturnsRawList.class, "java.util.List", "concrete type"),
				Arguments.of(ReturnsWildcard.class, "java.util.List<?>", "concrete type"),
				Arguments.of(ReturnsFuture.class, "java.util.concurrent.Future", "finished answer"),
				Arguments.of(ReturnsStream.class, "Stream", "finished answer"),
				Arguments.of(ReturnsVoidMono.class, "returns nothing", "Return the answer"),
				Arguments.of(ReturnsObjectFlux.class, "java.lang.Object", "concrete type"),
				Arguments.of(ReturnsPublisher.class, "Publisher", "finished answer"),
				Arguments.of(ReturnsWrappedMono.class, "CachedAnswer around", "Mono<CachedAnswer<Answer>>"),
				Arguments.of(ReturnsListOfFutures.class, "CompletableFuture", "finished answer"),
				Arguments.of(Suspends.class, "is a suspend function, but kotlinx-coroutines-reactor",
						"Add org.jetbrains.kotlinx:kotlinx-coroutines-reactor"),
				Arguments.of(BrokenRefresh.class, "refreshAfter = \"often\"", "30m"),
				Arguments.of(BrokenStale.class, "staleIfError = \"-1h\"", "30m"),
				Arguments.of(TwoTexts.class, "[question, context]", "@LlmCachePrompt"),
				Arguments.of(NoText.class, "no text parameter", "@LlmCachePrompt"),
				Arguments.of(PromptIsNoText.class, "'prompt' of type", "#prompt.text"),
				Arguments.of(TwoPrompts.class, "more than one prompt", "Keep either"),
				Arguments.of(PromptTwice.class, "more than one prompt", "Keep either"),
				Arguments.of(ScopeIsNoText.class, "scope 'user'", "#user.id"),
				Arguments.of(UnknownVariable.class, "'#tenant' in 'scope'", "Name one of the parameters"),
				Arguments.of(ResultBefore.class, "'#result' in 'condition'", "Name one of the parameters"),
				Arguments.of(BrokenExpression.class, "not a valid expression", "Correct the expression"),
				Arguments.of(InseparablePrompt.class, "cannot be separated from the rest of [messages]",
						"@LlmCacheIgnore"),
				Arguments.of(BrokenTtl.class, "ttl = \"soon\"', which is not a valid duration", "30m"),
				Arguments.of(NegativeTtl.class, "ttl = \"-5m\"", "30m"),
				Arguments.of(ImpossibleSimilarity.class, "minSimilarity = 92.0", "between 0 and 1"),
				Arguments.of(SharedByOne.class, "shareAfterScopes = 1", "from 2 to 32"),
				Arguments.of(PrivateMethod.class, "private, static or final", "Remove the modifier"),
				Arguments.of(FinalMethod.class, "private, static or final", "Remove the modifier"),
				Arguments.of(WholeType.class, "returns nothing", "Return the answer"),
				Arguments.of(EvictsNothing.class, "without any criterion", "all = true"),
				Arguments.of(EvictsAllAndSome.class, "'all = true' and criteria", "all = true"));
	}

	@Test
	void classWithoutAnnotationsHasNoOperations() {
		assertThat(this.source.hasOperations(String.class)).isFalse();
		assertThat(this.source.hasOperations(InvalidOperationTests.class)).isFalse();
	}

	@Test
	void modelIsNotMistakenForThePrompt() {
		assertThat(this.source.hasOperations(TextAndModel.class)).isTrue();
	}

	static class NoTask {

		@LlmCached
		public String ask(String prompt) {
			return prompt;
		}

	}

	static class ReturnsNothing {

		@LlmCached("task")
		public void ask(String prompt) {
		}

	}

	static class ReturnsObject {

		@LlmCached("task")
		public Object ask(String prompt) {
			return prompt;
		}

	}

	@SuppressWarnings("rawtypes")
	static class ReturnsRawList {

		@LlmCached("task")
		public List ask(String prompt) {
			return List.of();
		}

	}

	static class ReturnsWildcard {

		@LlmCached("task")
		public List<?> ask(String prompt) {
			return List.of();
		}

	}

	static class ReturnsFuture {

		@LlmCached("task")
		public Future<String> ask(String prompt) {
			return CompletableFuture.completedFuture(prompt);
		}

	}

	static class ReturnsStream {

		@LlmCached("task")
		public Stream<String> ask(String prompt) {
			return Stream.of(prompt);
		}

	}

	static class ReturnsVoidMono {

		@LlmCached("task")
		public Mono<Void> ask(String prompt) {
			return Mono.empty();
		}

	}

	static class ReturnsObjectFlux {

		@LlmCached("task")
		public Flux<Object> ask(String prompt) {
			return Flux.just(prompt);
		}

	}

	static class ReturnsPublisher {

		@LlmCached("task")
		public Publisher<String> ask(String prompt) {
			return Flux.just(prompt);
		}

	}

	static class ReturnsWrappedMono {

		@LlmCached("task")
		public CachedAnswer<Mono<String>> ask(String prompt) {
			return CachedAnswer.of(Mono.just(prompt));
		}

	}

	static class ReturnsListOfFutures {

		@LlmCached("task")
		public List<CompletableFuture<String>> ask(String prompt) {
			return List.of(CompletableFuture.completedFuture(prompt));
		}

	}

	@Metadata
	static class Suspends {

		@LlmCached("task")
		public Object ask(String prompt, Continuation<? super String> continuation) {
			return prompt;
		}

	}

	static class BrokenRefresh {

		@LlmCached(task = "task", refreshAfter = "often")
		public String ask(String prompt) {
			return prompt;
		}

	}

	static class BrokenStale {

		@LlmCached(task = "task", staleIfError = "-1h")
		public String ask(String prompt) {
			return prompt;
		}

	}

	static class TwoTexts {

		@LlmCached("task")
		public String ask(String question, String context) {
			return question;
		}

	}

	static class TextAndModel {

		@LlmCached("task")
		public String ask(String question, String model) {
			return question;
		}

	}

	static class NoText {

		@LlmCached("task")
		public String ask(int number) {
			return "";
		}

	}

	static class PromptIsNoText {

		@LlmCached("task")
		public String ask(List<String> prompt) {
			return "";
		}

	}

	static class TwoPrompts {

		@LlmCached("task")
		public String ask(@LlmCachePrompt String one, @LlmCachePrompt String two) {
			return one;
		}

	}

	static class PromptTwice {

		@LlmCached(task = "task", prompt = "#two")
		public String ask(@LlmCachePrompt String one, String two) {
			return one;
		}

	}

	static class ScopeIsNoText {

		@LlmCached("task")
		public String ask(String prompt, @LlmCacheScope List<String> user) {
			return prompt;
		}

	}

	static class UnknownVariable {

		@LlmCached(task = "task", scope = "#tenant")
		public String ask(String prompt) {
			return prompt;
		}

	}

	static class ResultBefore {

		@LlmCached(task = "task", condition = "#result != null")
		public String ask(String prompt) {
			return prompt;
		}

	}

	static class BrokenExpression {

		@LlmCached(task = "task", prompt = "#prompt..text(")
		public String ask(String prompt) {
			return prompt;
		}

	}

	static class InseparablePrompt {

		@LlmCached(task = "task", prompt = "#messages[0]", semantic = true)
		public String ask(List<String> messages) {
			return "";
		}

	}

	static class BrokenTtl {

		@LlmCached(task = "task", ttl = "soon")
		public String ask(String prompt) {
			return prompt;
		}

	}

	static class NegativeTtl {

		@LlmCached(task = "task", ttl = "-5m")
		public String ask(String prompt) {
			return prompt;
		}

	}

	static class ImpossibleSimilarity {

		@LlmCached(task = "task", minSimilarity = 92)
		public String ask(String prompt) {
			return prompt;
		}

	}

	static class SharedByOne {

		@LlmCached(task = "task", shareAfterScopes = 1)
		public String ask(String prompt) {
			return prompt;
		}

	}

	static class PrivateMethod {

		@LlmCached("task")
		private String ask(String prompt) {
			return prompt;
		}

		Supplier<String> caller() {
			return () -> ask("");
		}

	}

	static class FinalMethod {

		@LlmCached("task")
		public final String ask(String prompt) {
			return prompt;
		}

	}

	@LlmCached("task")
	static class WholeType {

		public void ask(String prompt) {
		}

	}

	static class EvictsNothing {

		@LlmCacheEvict
		public void forget() {
		}

	}

	static class EvictsAllAndSome {

		@LlmCacheEvict(task = "task", all = true)
		public void forget() {
		}

	}

}
