package io.github.llmcache.reactive;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.blockhound.BlockHound;
import reactor.blockhound.BlockingOperationError;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.github.llmcache.annotation.LlmCacheEvict;
import io.github.llmcache.annotation.LlmCached;
import io.github.llmcache.answer.CachedAnswer;
import io.github.llmcache.answer.Outcome;
import io.github.llmcache.autoconfigure.LlmCacheAutoConfiguration;
import io.github.llmcache.store.redis.server.RedisKind;
import io.github.llmcache.store.redis.server.RedisServers;
import io.github.llmcache.test.RecordingListener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Nothing blocks a thread that must not: BlockHound watches, and all is real but the
 * language model.
 */
@Tag("event-loop")
class EventLoopTests {

	private static final String PROMPT = "How do I turn on dark mode?";

	private static final String OTHER_WORDING = "how can i turn dark mode on";

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(LlmCacheAutoConfiguration.class))
		.withUserConfiguration(Application.class)
		.withPropertyValues("llm-cache.redis.timeout=5s");

	@BeforeAll
	static void watch() {
		// waits for the lock of a queue, for microseconds
		BlockHound.install(
				(builder) -> builder.allowBlockingCallsInside("java.util.concurrent.ThreadPoolExecutor", "execute"));
	}

	static Stream<ApplicationContextRunner> stores() {
		EventLoopTests tests = new EventLoopTests();
		return Stream.of(tests.contextRunner,
				tests.contextRunner.withConfiguration(AutoConfigurations.of(DataRedisAutoConfiguration.class))
					.withPropertyValues("spring.data.redis.port=" + RedisServers.shared(RedisKind.REDIS_6_2).port(),
							"llm-cache.redis.key-prefix=event-loop"));
	}

	@Test
	void blockingIsNoticed() {
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> {
			FutureTask<Boolean> sleeping = new FutureTask<>(() -> {
				Thread.sleep(1);
				return true;
			});
			Schedulers.parallel().schedule(sleeping);
			sleeping.get();
		}).withCauseInstanceOf(BlockingOperationError.class);
	}

	@ParameterizedTest
	@MethodSource("stores")
	void streamIsLookedUpAndStoredElsewhere(ApplicationContextRunner runner) {
		runner.run((context) -> {
			Assistant assistant = context.getBean(Assistant.class);
			onLoop(assistant.forget().then());
			List<CachedAnswer<String>> first = onLoop(assistant.stream(PROMPT).collectList());
			List<CachedAnswer<String>> exact = onLoop(assistant.stream(PROMPT).collectList());
			List<CachedAnswer<String>> semantic = onLoop(assistant.stream(OTHER_WORDING).collectList());
			assertThat(first).extracting(CachedAnswer::outcome).containsOnly(Outcome.MISS);
			assertThat(exact).extracting(CachedAnswer::outcome).containsOnly(Outcome.EXACT);
			assertThat(semantic).extracting(CachedAnswer::outcome).containsOnly(Outcome.SEMANTIC);
			assertThat(semantic).extracting(CachedAnswer::value).containsExactly("Open", " the", " settings");
			assertThat(context.getBean(RecordingListener.class).failures()).isEmpty();
		});
	}

	@ParameterizedTest
	@MethodSource("stores")
	void valueIsLookedUpAndStoredElsewhere(ApplicationContextRunner runner) {
		runner.run((context) -> {
			Assistant assistant = context.getBean(Assistant.class);
			onLoop(assistant.forget().then());
			assertThat(onLoop(assistant.ask(PROMPT)).outcome()).isEqualTo(Outcome.MISS);
			assertThat(onLoop(assistant.ask(PROMPT)).outcome()).isEqualTo(Outcome.EXACT);
			assertThat(onLoop(assistant.ask(OTHER_WORDING)).outcome()).isEqualTo(Outcome.SEMANTIC);
			assertThat(onLoop(Mono.defer(() -> Mono.fromFuture(assistant.future(PROMPT)))).outcome())
				.isEqualTo(Outcome.MISS);
			assertThat(onLoop(Mono.defer(() -> Mono.fromFuture(assistant.future(PROMPT)))).outcome())
				.isEqualTo(Outcome.EXACT);
			assertThat(context.getBean(RecordingListener.class).failures()).isEmpty();
		});
	}

	@ParameterizedTest
	@MethodSource("stores")
	void evictionHappensElsewhere(ApplicationContextRunner runner) {
		runner.run((context) -> {
			Assistant assistant = context.getBean(Assistant.class);
			onLoop(assistant.ask(PROMPT));
			onLoop(assistant.forget());
			assertThat(onLoop(assistant.ask(PROMPT)).outcome()).isEqualTo(Outcome.MISS);
			onLoop(assistant.forgetBefore().collectList());
			assertThat(onLoop(assistant.ask(PROMPT)).outcome()).isEqualTo(Outcome.MISS);
			onLoop(Mono.defer(() -> Mono.fromFuture(assistant.forgetLater())));
			assertThat(onLoop(assistant.ask(PROMPT)).outcome()).isEqualTo(Outcome.MISS);
			assertThat(context.getBean(RecordingListener.class).failures()).isEmpty();
		});
	}

	@ParameterizedTest
	@MethodSource("stores")
	void cancelledStreamLetsGoElsewhere(ApplicationContextRunner runner) {
		runner.run((context) -> {
			Assistant assistant = context.getBean(Assistant.class);
			onLoop(assistant.forget().then());
			onLoop(assistant.stream(PROMPT).take(1).collectList());
			assertThat(onLoop(assistant.stream(PROMPT).collectList())).extracting(CachedAnswer::outcome)
				.containsOnly(Outcome.MISS);
		});
	}

	/**
	 * Subscribe on a thread that must not block, on which the model's answers come, too.
	 */
	private static <T> T onLoop(Mono<T> answer) {
		return answer.subscribeOn(Schedulers.parallel()).block(Duration.ofSeconds(30));
	}

	static class Assistant {

		@LlmCached(task = "stream", semantic = true)
		public Flux<CachedAnswer<String>> stream(String prompt) {
			return Flux.just("Open", " the", " settings").delayElements(Duration.ofMillis(5)).map(CachedAnswer::of);
		}

		@LlmCached(task = "mono", semantic = true)
		public Mono<CachedAnswer<String>> ask(String prompt) {
			return Mono.delay(Duration.ofMillis(5)).thenReturn(CachedAnswer.of("Open the settings"));
		}

		@LlmCached(task = "future", semantic = true)
		public CompletableFuture<CachedAnswer<String>> future(String prompt) {
			return ask(prompt).toFuture();
		}

		@LlmCacheEvict(all = true)
		public Mono<String> forget() {
			return Mono.just("gone").delayElement(Duration.ofMillis(5));
		}

		@LlmCacheEvict(all = true, beforeInvocation = true)
		public Flux<String> forgetBefore() {
			return Flux.just("gone");
		}

		@LlmCacheEvict(all = true)
		public CompletableFuture<String> forgetLater() {
			return Mono.just("gone").delayElement(Duration.ofMillis(5)).toFuture();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Application {

		@Bean
		Assistant assistant() {
			return new Assistant();
		}

		@Bean
		RecordingListener events() {
			return new RecordingListener();
		}

	}

}
