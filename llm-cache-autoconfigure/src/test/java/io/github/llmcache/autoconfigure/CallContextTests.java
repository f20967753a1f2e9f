package io.github.llmcache.autoconfigure;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.TaskDecorator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Mono;

import io.github.llmcache.annotation.LlmCacheIgnore;
import io.github.llmcache.annotation.LlmCached;
import io.github.llmcache.autoconfigure.executor.LlmCacheExecutor;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What belongs to the calling thread is there where an asynchronous method runs.
 */
class CallContextTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(LlmCacheAutoConfiguration.class))
		.withUserConfiguration(Application.class)
		.withPropertyValues("llm-cache.semantic.enabled=false");

	@AfterEach
	void clear() {
		MDC.clear();
		Hooks.disableAutomaticContextPropagation();
	}

	@Test
	void loggingContextIsCarried() {
		this.contextRunner.run((context) -> {
			Assistant assistant = context.getBean(Assistant.class);
			assertThat(asTenant("a", () -> assistant.future("one").join())).isEqualTo("a");
			assertThat(asTenant("b", () -> assistant.future("two").join())).isEqualTo("b");
			assertThat(assistant.future("three").join()).isEqualTo("none");
			assertThat(asTenant("c", () -> assistant.mono("four").block())).isEqualTo("c");
			assertThat(asTenant("d", () -> assistant.flux("five").blockLast())).isEqualTo("d");
		});
	}

	@Test
	void callThatTakesOverHasItsOwnContext() {
		this.contextRunner.run((context) -> {
			Assistant assistant = context.getBean(Assistant.class);
			CompletableFuture<String> failing = asTenant("a", () -> assistant.failingFirst("prompt"));
			context.getBean(CountDownLatch.class).await();
			CompletableFuture<String> next = asTenant("b", () -> assistant.failingFirst("prompt"));
			assistant.future("wait until the other call is on its way").join();
			context.getBean(Model.class).first.completeExceptionally(new IllegalStateException("overloaded"));
			assertThat(next.get()).isEqualTo("b");
			assertThat(failing.handle((value, failure) -> unwrap(failure)).join()).hasMessage("overloaded");
		});
	}

	@Test
	void currentObservationIsCarried() {
		this.contextRunner.run((context) -> {
			ObservationRegistry registry = context.getBean(ObservationRegistry.class);
			Observation observation = Observation.start("request", registry);
			try (Observation.Scope scope = observation.openScope()) {
				context.getBean(Assistant.class).future("prompt").join();
			}
			assertThat(context.getBean(Model.class).observation.get().getContextView().getParentObservation())
				.isSameAs(observation);
		});
	}

	@Test
	void reactorContextIsCarried() {
		this.contextRunner.run((context) -> {
			Assistant assistant = context.getBean(Assistant.class);
			assertThat(assistant.contextual("one").contextWrite((known) -> known.put("user", "jane")).block())
				.isEqualTo("jane");
			assertThat(assistant.contextualStream("two").contextWrite((known) -> known.put("user", "joe")).blockLast())
				.isEqualTo("joe");
		});
	}

	@Test
	void automaticContextPropagationOfReactorReachesTheMethod() {
		Hooks.enableAutomaticContextPropagation();
		this.contextRunner.run((context) -> {
			ObservationRegistry registry = context.getBean(ObservationRegistry.class);
			Observation observation = Observation.start("request", registry);
			Assistant assistant = context.getBean(Assistant.class);
			String answer = assistant.observed("prompt")
				.contextWrite((known) -> known.put("micrometer.observation", observation))
				.block(Duration.ofSeconds(10));
			assertThat(answer).isEqualTo("observed");
			assertThat(context.getBean(Model.class).observation.get().getContextView().getParentObservation())
				.isSameAs(observation);
		});
	}

	@Test
	void decoratorsOfTheApplicationAreUsed() {
		ThreadLocal<String> user = new ThreadLocal<>();
		this.contextRunner.withBean(TaskDecorator.class, () -> (task) -> {
			String current = user.get();
			return () -> {
				user.set(current);
				try {
					task.run();
				}
				finally {
					user.remove();
				}
			};
		}).run((context) -> {
			user.set("jane");
			Assistant assistant = context.getBean(Assistant.class);
			assertThat(assistant.read("prompt", user::get).join()).isEqualTo("jane");
		});
	}

	@Test
	void virtualThreadsAreUsedWhereTheApplicationUsesThem() {
		this.contextRunner.withPropertyValues("spring.threads.virtual.enabled=true").run((context) -> {
			boolean virtual = Runtime.version().feature() >= 21;
			String thread = context.getBean(Assistant.class)
				.read("prompt", () -> Thread.currentThread().toString())
				.join();
			assertThat(thread.startsWith("VirtualThread")).isEqualTo(virtual);
			assertThat(context).hasSingleBean(LlmCacheExecutor.class);
		});
	}

	private static Throwable unwrap(Throwable failure) {
		return (failure instanceof CompletionException) ? failure.getCause() : failure;
	}

	private static <T> T asTenant(String tenant, Supplier<T> call) {
		MDC.put("tenant", tenant);
		try {
			return call.get();
		}
		finally {
			MDC.remove("tenant");
		}
	}

	static final class Model {

		final CompletableFuture<String> first = new CompletableFuture<>();

		final AtomicReference<Observation> observation = new AtomicReference<>();

		private boolean called;

	}

	static class Assistant {

		private final Model model;

		private final CountDownLatch started;

		private final ObservationRegistry registry;

		Assistant(Model model, CountDownLatch started, ObservationRegistry registry) {
			this.model = model;
			this.started = started;
			this.registry = registry;
		}

		@LlmCached("future")
		public CompletableFuture<String> future(String prompt) {
			this.model.observation.set(this.registry.getCurrentObservation());
			return CompletableFuture.completedFuture(tenant());
		}

		@LlmCached("failing-first")
		public CompletableFuture<String> failingFirst(String prompt) {
			if (!this.model.called) {
				this.model.called = true;
				this.started.countDown();
				return this.model.first;
			}
			return CompletableFuture.completedFuture(tenant());
		}

		@LlmCached("mono")
		public Mono<String> mono(String prompt) {
			return Mono.just(tenant());
		}

		@LlmCached("flux")
		public Flux<String> flux(String prompt) {
			return Flux.just(tenant());
		}

		@LlmCached("contextual")
		public Mono<String> contextual(String prompt) {
			return Mono.deferContextual((context) -> Mono.just(context.get("user")));
		}

		@LlmCached("contextual-stream")
		public Flux<String> contextualStream(String prompt) {
			return Flux.deferContextual((context) -> Flux.just(context.<String>get("user")));
		}

		@LlmCached("observed")
		public Mono<String> observed(String prompt) {
			return Mono.fromSupplier(() -> {
				this.model.observation.set(this.registry.getCurrentObservation());
				return "observed";
			});
		}

		@LlmCached("read")
		public CompletableFuture<String> read(String prompt, @LlmCacheIgnore Supplier<String> reader) {
			return CompletableFuture.completedFuture(reader.get());
		}

		private static String tenant() {
			Map<String, String> context = MDC.getCopyOfContextMap();
			return (context != null) ? context.getOrDefault("tenant", "none") : "none";
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Application {

		@Bean
		Model model() {
			return new Model();
		}

		@Bean
		CountDownLatch started() {
			return new CountDownLatch(1);
		}

		@Bean
		ObservationRegistry registry() {
			ObservationRegistry registry = ObservationRegistry.create();
			registry.observationConfig().observationHandler((context) -> true);
			return registry;
		}

		@Bean
		Assistant assistant(Model model, CountDownLatch started, ObservationRegistry registry) {
			return new Assistant(model, started, registry);
		}

	}

}
