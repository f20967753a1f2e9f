package io.github.llmcache.readme;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Base64;

import org.junit.jupiter.api.Test;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

import io.github.llmcache.autoconfigure.properties.LlmCacheProperties;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Configurations that the documents show can be bound.
 */
class ConfigurationSnippetTests {

	/** What a vault or the environment would hold. */
	private static final String KEY = Base64.getEncoder().encodeToString(new byte[32]);

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withPropertyValues("LLM_CACHE_KEY=" + KEY, "LLM_CACHE_DIGEST_KEY=" + KEY)
		.withUserConfiguration(Properties.class);

	@Test
	void everyConfigurationIsValid() throws IOException {
		int snippets = 0;
		for (Path document : Documents.ofUsers()) {
			for (String snippet : Documents.blocks(document, "yaml")) {
				snippets++;
				this.contextRunner.withInitializer((context) -> Documents.configure(context, snippet))
					.run((context) -> assertThat(context).as(document + ":\n" + snippet).hasNotFailed());
			}
		}
		assertThat(snippets).isGreaterThan(4);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableConfigurationProperties(LlmCacheProperties.class)
	static class Properties {

	}

}
