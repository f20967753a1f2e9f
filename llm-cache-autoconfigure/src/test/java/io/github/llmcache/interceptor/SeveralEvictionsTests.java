package io.github.llmcache.interceptor;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import io.github.llmcache.annotation.LlmCacheEvict;
import io.github.llmcache.annotation.LlmCached;
import io.github.llmcache.autoconfigure.LlmCacheAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Several {@code @LlmCacheEvict} annotations at one place.
 */
class SeveralEvictionsTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(LlmCacheAutoConfiguration.class))
		.withPropertyValues("llm-cache.semantic.enabled=false")
		.withBean(Answers.class)
		.withBean(WholeType.class);

	@Test
	void allOfThemAreCarriedOut() {
		run(Answers::forgetBoth, 2, 2);
		run((answers) -> answers.forgetBothLater().join(), 2, 2);
		run((answers) -> answers.forgetBothReactively().block(), 2, 2);
		run((answers) -> answers.askAndForgetBoth("other prompt"), 2, 2);
	}

	@Test
	void thoseOfATypeAreCarriedOut() {
		this.contextRunner.run((context) -> {
			Answers answers = context.getBean(Answers.class);
			answers.one("prompt");
			answers.two("prompt");
			context.getBean(WholeType.class).forget();
			assertThat(answers.one("prompt")).isEqualTo(2);
			assertThat(answers.two("prompt")).isEqualTo(2);
		});
	}

	@Test
	void nothingIsRemovedBeforeTheMethodIfOneFails() {
		run((answers) -> assertThatIllegalArgumentException().isThrownBy(() -> answers.forgetBefore(null))
			.withMessageContaining("'scope'"), 1, 1);
	}

	@Test
	void theOthersAreCarriedOutAfterTheMethodIfOneFails() {
		run((answers) -> assertThatIllegalArgumentException().isThrownBy(() -> answers.forgetAfter(null))
			.withMessageContaining("'scope'"), 1, 2);
	}

	@Test
	void someBeforeTheMethodAndSomeAfterIt() {
		run((answers) -> answers.forgetBeforeAndAfter("scope"), 2, 2);
	}

	/**
	 * How often each method has run in the end, if something is done between two calls.
	 */
	private void run(Consumer<Answers> action, int one, int two) {
		this.contextRunner.run((context) -> {
			Answers answers = context.getBean(Answers.class);
			answers.one("prompt");
			answers.two("prompt");
			action.accept(answers);
			assertThat(answers.one("prompt")).isEqualTo(one);
			assertThat(answers.two("prompt")).isEqualTo(two);
		});
	}

	static class Answers {

		private final AtomicInteger one = new AtomicInteger();

		private final AtomicInteger two = new AtomicInteger();

		@LlmCached("one")
		public int one(String prompt) {
			return this.one.incrementAndGet();
		}

		@LlmCached("two")
		public int two(String prompt) {
			return this.two.incrementAndGet();
		}

		@LlmCacheEvict("one")
		@LlmCacheEvict("two")
		public void forgetBoth() {
		}

		@LlmCacheEvict("one")
		@LlmCacheEvict(task = "two", beforeInvocation = true)
		public CompletableFuture<String> forgetBothLater() {
			return CompletableFuture.completedFuture("done");
		}

		@LlmCacheEvict("one")
		@LlmCacheEvict(task = "two", beforeInvocation = true)
		public Mono<String> forgetBothReactively() {
			return Mono.just("done");
		}

		@LlmCached("both")
		@LlmCacheEvict("one")
		@LlmCacheEvict("two")
		public String askAndForgetBoth(String prompt) {
			return "done";
		}

		@LlmCacheEvict(task = "two", beforeInvocation = true)
		@LlmCacheEvict(task = "one", scope = "#tenant", beforeInvocation = true)
		public void forgetBefore(@Nullable String tenant) {
		}

		@LlmCacheEvict(task = "one", scope = "#tenant")
		@LlmCacheEvict("two")
		public void forgetAfter(@Nullable String tenant) {
		}

		@LlmCacheEvict(task = "one", beforeInvocation = true)
		@LlmCacheEvict("two")
		public void forgetBeforeAndAfter(String tenant) {
		}

	}

	@LlmCacheEvict("one")
	@LlmCacheEvict("two")
	static class WholeType {

		public void forget() {
		}

	}

}
