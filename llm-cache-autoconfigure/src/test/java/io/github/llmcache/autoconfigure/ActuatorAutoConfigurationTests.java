package io.github.llmcache.autoconfigure;

import java.util.List;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import org.springframework.boot.actuate.autoconfigure.endpoint.EndpointAutoConfiguration;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.autoconfigure.contributor.HealthContributorAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import io.github.llmcache.actuate.LlmCacheEndpoint;
import io.github.llmcache.actuate.LlmCacheEntriesEndpoint;
import io.github.llmcache.actuate.LlmCacheEntriesEndpoint.EntryDescriptor;
import io.github.llmcache.actuate.LlmCacheErasureEndpoint;
import io.github.llmcache.actuate.LlmCacheErasureEndpoint.ErasureDescriptor;
import io.github.llmcache.actuate.LlmCacheExplainEndpoint;
import io.github.llmcache.actuate.LlmCacheHealthIndicator;
import io.github.llmcache.actuate.LlmCacheTransferEndpoint;
import io.github.llmcache.core.CacheRequest;
import io.github.llmcache.core.LlmCache;
import io.github.llmcache.metrics.LlmCacheMetrics;
import io.github.llmcache.metrics.StatisticsSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What operators see, and what is left out where its library is missing.
 */
class ActuatorAutoConfigurationTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(LlmCacheAutoConfiguration.class, LlmCacheMetricsAutoConfiguration.class,
						LlmCacheEndpointAutoConfiguration.class, LlmCacheHealthAutoConfiguration.class,
						EndpointAutoConfiguration.class, HealthContributorAutoConfiguration.class))
		.withPropertyValues("llm-cache.semantic.enabled=false");

	@Test
	void metersCountCalls() {
		this.contextRunner.withBean(MeterRegistry.class, SimpleMeterRegistry::new).run((context) -> {
			CacheRequest<String> request = CacheRequest.forTask("greeting", String.class).prompt("Hello").build();
			context.getBean(LlmCache.class).get(request, () -> "Hi");
			context.getBean(LlmCache.class).get(request, () -> "Hi");
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			assertThat(registry.get("cache.gets").tag("cache", "greeting").tag("result", "hit").counter().count())
				.isOne();
			assertThat(
					registry.get("llm.cache.lookups").tag("task", "greeting").tag("outcome", "exact").timer().count())
				.isOne();
		});
	}

	@Test
	void endpointIsThereWhenExposed() {
		this.contextRunner.run((context) -> assertThat(context).doesNotHaveBean(LlmCacheEndpoint.class));
		this.contextRunner
			.withPropertyValues("management.endpoints.web.exposure.include=llmcache",
					"management.endpoints.jmx.exposure.include=llmcache", "spring.jmx.enabled=true")
			.run((context) -> assertThat(context).hasSingleBean(LlmCacheEndpoint.class));
	}

	@Test
	void explanationsHaveToBeAllowed() {
		ApplicationContextRunner exposed = this.contextRunner.withPropertyValues(
				"management.endpoints.web.exposure.include=llmcacheexplain",
				"management.endpoints.jmx.exposure.include=llmcacheexplain", "spring.jmx.enabled=true");
		exposed.run((context) -> assertThat(context).doesNotHaveBean(LlmCacheExplainEndpoint.class));
		exposed.withPropertyValues("management.endpoint.llmcacheexplain.access=UNRESTRICTED").run((context) -> {
			CacheRequest<String> request = CacheRequest.forTask("greeting", String.class).prompt("Hello").build();
			context.getBean(LlmCache.class).get(request, () -> "Hi");
			LlmCacheExplainEndpoint endpoint = context.getBean(LlmCacheExplainEndpoint.class);
			assertThat(context).doesNotHaveBean(LlmCacheEndpoint.class);
			assertThat(endpoint.explain("greeting", "Hello", null, null, null, null, null, null).summary())
				.isEqualTo("The entry of the very same prompt would be served");
			assertThat(endpoint.explain("greeting", "Goodbye", null, null, null, null, null, null).semanticSkip())
				.isEqualTo("exact-only");
		});
	}

	@Test
	void contentsOfEntriesAreShownOnlyIfTheirPropertyAllowsIt() {
		ApplicationContextRunner exposed = this.contextRunner.withPropertyValues(
				"management.endpoints.web.exposure.include=llmcacheentries",
				"management.endpoints.jmx.exposure.include=llmcacheentries", "spring.jmx.enabled=true",
				"management.endpoint.llmcacheentries.access=READ_ONLY");
		exposed.run((context) -> assertThat(entry(context)).satisfies((entry) -> {
			assertThat(entry.prompt()).isNull();
			assertThat(entry.answer()).isNull();
			assertThat(entry.tags()).isNull();
			assertThat(entry.bytes()).isEqualTo(4);
		}));
		exposed.withPropertyValues("llm-cache.endpoint.contents=true")
			.run((context) -> assertThat(entry(context)).satisfies((entry) -> {
				assertThat(entry.prompt()).isEqualTo("Hello");
				assertThat(entry.answer()).isEqualTo("\"Hi\"");
				assertThat(entry.tags()).containsExactly("faq");
				LlmCacheEntriesEndpoint endpoint = context.getBean(LlmCacheEntriesEndpoint.class);
				assertThat(endpoint.show("greeting", entry.entry())).isEqualTo(entry);
				assertThat(endpoint.delete("greeting", entry.entry()).removed()).isOne();
				assertThat(endpoint.show("greeting", entry.entry())).isNull();
				assertThatExceptionOfType(InvalidEndpointRequestException.class)
					.isThrownBy(() -> endpoint.list("greeting", null, 501));
			}));
	}

	@Test
	void erasureHasToBeAllowed() {
		ApplicationContextRunner exposed = this.contextRunner.withPropertyValues(
				"management.endpoints.web.exposure.include=*", "management.endpoints.jmx.exposure.include=*",
				"spring.jmx.enabled=true");
		exposed.run((context) -> assertThat(context).hasSingleBean(LlmCacheEndpoint.class)
			.doesNotHaveBean(LlmCacheErasureEndpoint.class));
		exposed.withPropertyValues("management.endpoint.llmcacheerasure.access=UNRESTRICTED").run((context) -> {
			CacheRequest<String> request = CacheRequest.forTask("greeting", String.class)
				.prompt("Hello")
				.scope("tenant")
				.build();
			context.getBean(LlmCache.class).get(request, () -> "Hi");
			LlmCacheErasureEndpoint endpoint = context.getBean(LlmCacheErasureEndpoint.class);
			assertThat(endpoint.erase("tenant")).isEqualTo(new ErasureDescriptor(1, 1, 0, 0, 0, 0, 0));
			assertThat(endpoint.erase("tenant")).isEqualTo(new ErasureDescriptor(0, 0, 0, 0, 0, 0, 0));
			assertThatExceptionOfType(InvalidEndpointRequestException.class).isThrownBy(() -> endpoint.erase(""));
		});
	}

	@Test
	void exportAndImportHaveToBeAllowed() {
		ApplicationContextRunner exposed = this.contextRunner.withPropertyValues(
				"management.endpoints.web.exposure.include=llmcachetransfer",
				"management.endpoints.jmx.exposure.include=llmcachetransfer", "spring.jmx.enabled=true");
		exposed.run((context) -> assertThat(context).doesNotHaveBean(LlmCacheTransferEndpoint.class));
		exposed.withPropertyValues("management.endpoint.llmcachetransfer.access=READ_ONLY")
			.run((context) -> assertThat(context).hasSingleBean(LlmCacheTransferEndpoint.class));
	}

	private static EntryDescriptor entry(ApplicationContext context) {
		CacheRequest<String> request = CacheRequest.forTask("greeting", String.class)
			.prompt("Hello")
			.tag("faq")
			.build();
		context.getBean(LlmCache.class).get(request, () -> "Hi");
		List<EntryDescriptor> entries = context.getBean(LlmCacheEntriesEndpoint.class)
			.list("greeting", null, null)
			.entries();
		assertThat(entries).hasSize(1);
		return entries.get(0);
	}

	@Test
	void healthIsUpAndCanBeSwitchedOff() {
		this.contextRunner.run((context) -> assertThat(context).hasSingleBean(LlmCacheHealthIndicator.class));
		this.contextRunner.withPropertyValues("management.health.llmcache.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(LlmCacheHealthIndicator.class));
	}

	@Test
	void cacheWorksWithoutMicrometer() {
		new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(LlmCacheAutoConfiguration.class, LlmCacheMetricsAutoConfiguration.class))
			.withPropertyValues("llm-cache.semantic.enabled=false")
			.withClassLoader(new FilteredClassLoader("io.micrometer"))
			.run((context) -> {
				assertThat(context).hasNotFailed().doesNotHaveBean(LlmCacheMetrics.class);
				CacheRequest<String> request = CacheRequest.forTask("greeting", String.class).prompt("Hello").build();
				context.getBean(LlmCache.class).get(request, () -> "Hi");
				assertThat(context.getBean(StatisticsSource.class).statistics().total().requests()).isOne();
			});
	}

	@Test
	void nothingIsThereWhenTheCacheIsDisabled() {
		this.contextRunner.withBean(MeterRegistry.class, SimpleMeterRegistry::new)
			.withPropertyValues("llm-cache.enabled=false", "management.endpoints.web.exposure.include=llmcache")
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(LlmCacheMetrics.class)
				.doesNotHaveBean(LlmCacheEndpoint.class)
				.doesNotHaveBean(LlmCacheHealthIndicator.class));
	}

}
