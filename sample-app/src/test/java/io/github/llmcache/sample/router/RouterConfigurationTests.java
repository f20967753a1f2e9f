package io.github.llmcache.sample.router;

import org.junit.jupiter.api.Test;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

import io.github.llmcache.sample.model.ModelException;
import io.github.llmcache.sample.model.OpenAiProperties;
import io.github.llmcache.sample.model.SimulatedProperties;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link RouterConfiguration}.
 */
class RouterConfigurationTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withUserConfiguration(PropertiesConfiguration.class, RouterConfiguration.class)
		.withPropertyValues("sample.models.small.latency=1ms", "sample.models.large.latency=1ms",
				"sample.router.small=small", "sample.router.large=large");

	@Test
	void modelsAreSimulatedByDefault() {
		this.contextRunner.run((context) -> {
			ModelRouter router = context.getBean(ModelRouter.class);
			assertThat(router.model("small").ask("x").text()).isNotBlank();
		});
	}

	@Test
	void modelsAreReachedOverHttpIfTheProviderSaysSo() {
		this.contextRunner
			.withPropertyValues("sample.provider=openai", "sample.openai.base-url=http://localhost:1",
					"sample.models.small.provider-model=tiny")
			.run((context) -> {
				ModelRouter router = context.getBean(ModelRouter.class);
				assertThatExceptionOfType(ModelException.class).isThrownBy(() -> router.model("small").ask("x"))
					.withMessage("Model tiny cannot be reached at http://localhost:1");
			});
	}

	@Test
	void unknownModelFailsAtStartUp() {
		this.contextRunner.withPropertyValues("sample.router.large=huge")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessage("There is no model 'huge' in sample.models"));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableConfigurationProperties({ RouterProperties.class, SimulatedProperties.class, OpenAiProperties.class })
	static class PropertiesConfiguration {

	}

}
