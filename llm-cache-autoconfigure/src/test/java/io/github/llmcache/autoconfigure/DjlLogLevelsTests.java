package io.github.llmcache.autoconfigure;

import org.junit.jupiter.api.Test;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

import static org.assertj.core.api.Assertions.assertThat;

class DjlLogLevelsTests {

	@Test
	void levelsAreDefaultsOnly() {
		SpringApplication application = new SpringApplication(Application.class);
		application.setWebApplicationType(WebApplicationType.NONE);
		try (ConfigurableApplicationContext context = application.run("--logging.level.ai.djl=debug")) {
			Environment environment = context.getEnvironment();
			assertThat(environment.getProperty("logging.level.ai.djl")).isEqualTo("debug");
			assertThat(environment.getProperty("logging.level.ai.djl.util.cuda.CudaUtils")).isEqualTo("error");
		}
	}

	@Configuration(proxyBeanMethods = false)
	static class Application {

	}

}
