package io.github.llmcache.test.autoconfigure;

import java.time.Clock;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.github.llmcache.autoconfigure.LlmCacheAutoConfiguration;
import io.github.llmcache.embedding.TextEmbedder;
import io.github.llmcache.test.DeterministicEmbedder;
import io.github.llmcache.test.MutableClock;
import io.github.llmcache.test.RecordingListener;
import io.github.llmcache.verify.MatchVerifier;

/**
 * Auto-configuration of what {@link AutoConfigureLlmCache} adds to a test.
 */
@AutoConfiguration(before = LlmCacheAutoConfiguration.class)
public final class LlmCacheTestAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(Clock.class)
	MutableClock llmCacheTestClock() {
		return new MutableClock();
	}

	@Bean
	@ConditionalOnMissingBean
	RecordingListener llmCacheTestListener() {
		return new RecordingListener();
	}

	/**
	 * What takes the place of the models.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnBooleanProperty(name = TestProperties.BUNDLED_MODELS, havingValue = false)
	@ConditionalOnMissingBean(TextEmbedder.class)
	static class WithoutModels {

		@Bean
		DeterministicEmbedder llmCacheTestEmbedder() {
			return new DeterministicEmbedder();
		}

		@Bean
		@ConditionalOnMissingBean(MatchVerifier.class)
		MatchVerifier llmCacheTestVerifier(DeterministicEmbedder embedder) {
			return embedder.verifier();
		}

	}

}
