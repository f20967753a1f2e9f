package io.github.llmcache.autoconfigure;

import java.util.List;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

import io.github.llmcache.autoconfigure.properties.LlmCacheProperties;
import io.github.llmcache.core.LlmCache;
import io.github.llmcache.springai.LlmCacheChatAdvisor;

/**
 * Auto-configuration for an advisor of Spring AI's {@code ChatClient}. It advises the
 * clients that it is added to, and no others.
 */
@AutoConfiguration(after = LlmCacheAutoConfiguration.class)
@ConditionalOnClass(
		name = { "org.springframework.ai.chat.client.advisor.api.CallAdvisor", "reactor.core.publisher.Flux" })
@ConditionalOnBean(LlmCache.class)
public final class LlmCacheChatClientAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	LlmCacheChatAdvisor llmCacheChatAdvisor(LlmCache cache, LlmCacheProperties properties) {
		LlmCacheChatAdvisor.Builder builder = LlmCacheChatAdvisor.builder(cache);
		List<String> ignoredOptions = properties.chat().ignoredOptions();
		if (ignoredOptions != null) {
			builder.ignoredOptions(ignoredOptions.toArray(String[]::new));
		}
		List<String> ignoredMetadata = properties.chat().ignoredMetadata();
		if (ignoredMetadata != null) {
			builder.ignoredMetadata(ignoredMetadata.toArray(String[]::new));
		}
		return builder.build();
	}

}
