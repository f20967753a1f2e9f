package io.github.llmcache.autoconfigure.observation;

import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import io.github.llmcache.autoconfigure.LlmCacheAutoConfiguration;
import io.github.llmcache.core.CacheRequest;
import io.github.llmcache.core.LlmCache;
import io.github.llmcache.observation.ObservationStepObserver;
import io.github.llmcache.trace.StepObserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link ObservationConfiguration}.
 */
class ObservationConfigurationTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(LlmCacheAutoConfiguration.class))
		.withPropertyValues("llm-cache.semantic.enabled=false");

	private final TestObservationRegistry registry = TestObservationRegistry.create();

	private final ApplicationContextRunner observed = this.contextRunner.withBean(ObservationRegistry.class,
			() -> this.registry);

	@Test
	void callsAreObservedIfThereIsARegistry() {
		this.observed.run((context) -> {
			assertThat(context).getBean(StepObserver.class).isInstanceOf(ObservationStepObserver.class);
			ask(context.getBean(LlmCache.class));
			TestObservationRegistryAssert.assertThat(this.registry)
				.hasNumberOfObservationsWithNameEqualTo("llm.cache.lookup", 1);
			ask(context.getBean(LlmCache.class));
			TestObservationRegistryAssert.assertThat(this.registry)
				.hasNumberOfObservationsWithNameEqualTo("llm.cache.lookup", 1);
		});
	}

	@Test
	void exactHitsInMemoryAreObservedByProperty() {
		this.observed.withPropertyValues("llm-cache.observations.exact-hits=true").run((context) -> {
			ask(context.getBean(LlmCache.class));
			ask(context.getBean(LlmCache.class));
			TestObservationRegistryAssert.assertThat(this.registry)
				.hasNumberOfObservationsWithNameEqualTo("llm.cache.lookup", 2);
		});
	}

	@Test
	void nothingIsObservedIfThePropertySaysSo() {
		this.observed.withPropertyValues("llm-cache.observations.enabled=false").run((context) -> {
			assertThat(context).doesNotHaveBean(StepObserver.class);
			ask(context.getBean(LlmCache.class));
			TestObservationRegistryAssert.assertThat(this.registry).doesNotHaveAnyObservation();
		});
	}

	@Test
	void nothingIsObservedWithoutARegistry() {
		this.contextRunner
			.run((context) -> assertThat(context).getBean(StepObserver.class).isSameAs(StepObserver.NONE));
	}

	@Test
	void cacheWorksWithoutMicrometer() {
		this.contextRunner.withClassLoader(new FilteredClassLoader("io.micrometer")).run((context) -> {
			assertThat(context).hasNotFailed().doesNotHaveBean(StepObserver.class);
			ask(context.getBean(LlmCache.class));
		});
	}

	@Test
	void observerOfTheApplicationIsUsed() {
		StepObserver own = mock();
		this.observed.withBean(StepObserver.class, () -> own)
			.run((context) -> assertThat(context).getBean(StepObserver.class).isSameAs(own));
	}

	private static void ask(LlmCache cache) {
		cache.get(CacheRequest.forTask("task", String.class).prompt("question").build(), () -> "answer");
	}

}
