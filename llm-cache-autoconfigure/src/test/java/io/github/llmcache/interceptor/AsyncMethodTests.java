package io.github.llmcache.interceptor;

import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

import org.aopalliance.intercept.MethodInterceptor;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.aop.Advisor;
import org.springframework.aop.interceptor.ExposeInvocationInterceptor;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.aop.support.annotation.AnnotationMatchingPointcut;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ContextConsumer;
import org.springframework.core.Ordered;

import io.github.llmcache.annotation.LlmCacheEvict;
import io.github.llmcache.annotation.LlmCached;
import io.github.llmcache.answer.CachedAnswer;
import io.github.llmcache.answer.Outcome;
import io.github.llmcache.autoconfigure.LlmCacheAutoConfiguration;
import io.github.llmcache.core.CallControl;
import io.github.llmcache.core.TestCaches;
import io.github.llmcache.store.CacheStore;
import io.github.llmcache.store.FailingStore;
import io.github.llmcache.test.RecordingListener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Annotations of methods that return futures and reactive types.
 */
@Timeout(60)
class AsyncMethodTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(LlmCacheAutoConfiguration.class))
		.withPropertyValues("llm-cache.semantic.enabled=false")
		.withBean(AtomicInteger.class, AtomicInteger::new)
		.withBean(RecordingListener.class, RecordingListener::new)
		.withBean(Assistant.class);

	@Test
	void unlessIsAskedAboutTheValue() {
		run((context) -> {
			Assistant assistant = context.getBean(Assistant.class);
			RecordingListener events = context.getBean(RecordingListener.class);
			assistant.future("fail").join();
			assistant.mono("fail").block();
			assistant.flux("fail").blockLast();
			assertThat(events.stores()).extracting((event) -> event.rejection())
				.containsExactly("unless", "unless", "unless");
			events.clear();
			assistant.future("good").join();
			assistant.mono("good").block();
			assistant.flux("good").blockLast();
			assertThat(events.stores()).hasSize(3).allMatch((event) -> event.rejection() == null);
		});
	}

	@Test
	void conditionIsAskedBefore() {
		run((context) -> {
			Assistant assistant = context.getBean(Assistant.class);
			assertThat(assistant.conditional("no").collectList().block()).hasSize(2)
				.extracting(CachedAnswer::outcome)
				.containsOnly(Outcome.BYPASS);
			assistant.conditional("a longer prompt").blockLast();
			assertThat(assistant.conditional("a longer prompt").collectList().block()).extracting(CachedAnswer::outcome)
				.containsOnly(Outcome.EXACT);
			assertThat(context.getBean(RecordingListener.class).lookups().get(0).reason()).isEqualTo("condition");
		});
	}

	@Test
	void expressionThatFailsBypassesTheCache() {
		run((context) -> {
			Assistant assistant = context.getBean(Assistant.class);
			assertThat(assistant.failingExpression("prompt").block().outcome()).isEqualTo(Outcome.BYPASS);
			assertThat(context.getBean(RecordingListener.class).lastLookup().reason()).isEqualTo("expression-failure");
		});
	}

	@Test
	void eachSubscriptionIsACallOfItsOwn() {
		run((context) -> {
			Mono<String> mono = context.getBean(Assistant.class).mono("prompt");
			assertThat(context.getBean(AtomicInteger.class)).hasValue(0);
			assertThat(mono.block()).isEqualTo(mono.block());
			assertThat(context.getBean(RecordingListener.class).lookups()).extracting((lookup) -> lookup.outcome())
				.containsExactly(Outcome.MISS, Outcome.EXACT);
		});
	}

	@Test
	void evictionHappensBeforeOrAfterTheMethod() {
		run((context) -> {
			Assistant assistant = context.getBean(Assistant.class);
			String first = assistant.mono("prompt").block();
			assertThatExceptionOfType(CompletionException.class)
				.isThrownBy(() -> assistant.evictLater(true).toCompletableFuture().join());
			assertThat(assistant.mono("prompt").block()).isEqualTo(first);
			assertThat(assistant.evictLater(false).toCompletableFuture().join()).isEqualTo("done");
			String second = assistant.mono("prompt").block();
			assertThat(second).isNotEqualTo(first);
			assertThatExceptionOfType(CompletionException.class).isThrownBy(() -> assistant.evictFirst(true).join());
			String third = assistant.mono("prompt").block();
			assertThat(third).isNotEqualTo(second);
			Mono<Void> evicting = assistant.evictAndGiveNothing();
			assertThat(assistant.mono("prompt").block()).isEqualTo(third);
			evicting.block();
			assertThat(assistant.mono("prompt").block()).isNotEqualTo(third);
		});
	}

	@Test
	void evictionThatFailsIsReportedAsItWasThrown() {
		FailingStore store = new FailingStore(TestCaches.store()).failing();
		this.contextRunner.withBean(CacheStore.class, () -> store).run((context) -> {
			assertThat(context.getBean(Assistant.class).evictLater(false).toCompletableFuture().join())
				.isEqualTo("done");
			assertThat(context.getBean(RecordingListener.class).failures()).singleElement()
				.satisfies((failure) -> assertThat(failure.cause()).isExactlyInstanceOf(IllegalStateException.class)
					.hasNoCause());
		});
	}

	@Test
	void controlAppliesToACallThatEvictsFirst() {
		run((context) -> {
			Assistant assistant = context.getBean(Assistant.class);
			try (CallControl.Scope scope = CallControl.bypass().apply()) {
				assertThat(assistant.evictAndAsk("prompt").join().outcome()).isEqualTo(Outcome.BYPASS);
			}
			assertThat(assistant.evictAndAsk("prompt").join().outcome()).isEqualTo(Outcome.MISS);
		});
	}

	@Test
	void cancellingTheFutureCancelsTheMethod() {
		run((context) -> {
			Assistant assistant = context.getBean(Assistant.class);
			CompletableFuture<CachedAnswer<String>> wrapped = assistant.never("prompt");
			Awaitility.await().until(() -> assistant.started() != null);
			wrapped.cancel(true);
			assertThatExceptionOfType(CancellationException.class).isThrownBy(assistant.started()::join);
		});
	}

	@Test
	void adviceFurtherInsideKnowsTheInvocation() {
		this.contextRunner.withBean("inside", Advisor.class, () -> {
			MethodInterceptor advice = (invocation) -> {
				assertThat(ExposeInvocationInterceptor.currentInvocation().getMethod())
					.isEqualTo(invocation.getMethod());
				return invocation.proceed();
			};
			DefaultPointcutAdvisor advisor = new DefaultPointcutAdvisor(
					AnnotationMatchingPointcut.forMethodAnnotation(LlmCached.class), advice);
			advisor.setOrder(Ordered.LOWEST_PRECEDENCE);
			return advisor;
		}).run((context) -> {
			Assistant assistant = context.getBean(Assistant.class);
			assertThat(assistant.mono("prompt").block()).isEqualTo(assistant.mono("prompt").block());
			assertThat(assistant.future("prompt").join()).isNotNull();
		});
	}

	private void run(ContextConsumer<AssertableApplicationContext> test) {
		this.contextRunner.run(test);
	}

	static class Assistant {

		private final AtomicInteger calls;

		private volatile CompletableFuture<CachedAnswer<String>> started;

		Assistant(AtomicInteger calls) {
			this.calls = calls;
		}

		public CompletableFuture<CachedAnswer<String>> started() {
			return this.started;
		}

		@LlmCached(task = "future", unless = "#result.contains('fail')")
		public CompletableFuture<String> future(String prompt) {
			return CompletableFuture.completedFuture(prompt + this.calls.incrementAndGet());
		}

		@LlmCached(task = "mono", unless = "#result.contains('fail')")
		public Mono<String> mono(String prompt) {
			return Mono.fromSupplier(() -> prompt + this.calls.incrementAndGet());
		}

		@LlmCached(task = "flux", unless = "#result.contains('fail')")
		public Flux<String> flux(String prompt) {
			return Flux.just("an answer", prompt);
		}

		@LlmCached(task = "conditional", condition = "#prompt.length() > 10")
		public Flux<CachedAnswer<String>> conditional(String prompt) {
			return Flux.fromIterable(List.of("one", "two")).map(CachedAnswer::of);
		}

		@LlmCached(task = "failing", scope = "#prompt.substring(100)")
		public Mono<CachedAnswer<String>> failingExpression(String prompt) {
			return Mono.just(CachedAnswer.of("answer"));
		}

		@LlmCached("never")
		public CompletableFuture<CachedAnswer<String>> never(String prompt) {
			this.started = new CompletableFuture<>();
			return this.started;
		}

		@LlmCacheEvict(task = "mono")
		public CompletionStage<String> evictLater(boolean fail) {
			return fail ? CompletableFuture.failedStage(new IllegalStateException("failed"))
					: CompletableFuture.completedStage("done");
		}

		@LlmCacheEvict(task = "mono", beforeInvocation = true)
		public CompletableFuture<String> evictFirst(boolean fail) {
			return fail ? CompletableFuture.failedFuture(new IllegalStateException("failed"))
					: CompletableFuture.completedFuture("done");
		}

		@LlmCached("both")
		@LlmCacheEvict(task = "mono", beforeInvocation = true)
		public CompletableFuture<CachedAnswer<String>> evictAndAsk(String prompt) {
			return CompletableFuture.completedFuture(CachedAnswer.of("answer"));
		}

		@LlmCacheEvict(task = "mono")
		public Mono<Void> evictAndGiveNothing() {
			return Mono.empty();
		}

	}

}
