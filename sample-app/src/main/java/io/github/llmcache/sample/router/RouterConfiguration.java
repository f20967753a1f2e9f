package io.github.llmcache.sample.router;

import java.util.concurrent.TimeUnit;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.github.llmcache.sample.model.ModelProvider;
import io.github.llmcache.sample.model.OpenAiProperties;
import io.github.llmcache.sample.model.OpenAiProvider;
import io.github.llmcache.sample.model.SimulatedProperties;
import io.github.llmcache.sample.model.SimulatedProvider;

@Configuration(proxyBeanMethods = false)
class RouterConfiguration {

	@Bean
	SimulatedProvider simulatedProvider(SimulatedProperties properties) {
		return new SimulatedProvider(properties, (duration) -> TimeUnit.NANOSECONDS.sleep(duration.toNanos()));
	}

	@Bean
	ModelRouter modelRouter(RouterProperties properties, OpenAiProperties openAi, SimulatedProvider simulated) {
		ModelProvider provider = switch (properties.provider()) {
			case SIMULATED -> simulated;
			case OPENAI -> new OpenAiProvider(openAi);
		};
		return new ModelRouter(properties, provider);
	}

}
