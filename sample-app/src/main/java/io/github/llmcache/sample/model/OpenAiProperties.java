package io.github.llmcache.sample.model;

import java.net.URI;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * A provider that speaks OpenAI's protocol.
 *
 * @param baseUrl its address, without {@code /v1/chat/completions}
 * @param apiKey the key, or {@code null} if it needs none
 * @param connectTimeout how long connecting may take
 * @param readTimeout how long an answer may take
 */
@ConfigurationProperties("sample.openai")
public record OpenAiProperties(@DefaultValue("https://api.openai.com") URI baseUrl, @Nullable String apiKey,
		@DefaultValue("5s") Duration connectTimeout, @DefaultValue("60s") Duration readTimeout) {

	/**
	 * Without the key.
	 */
	@Override
	public String toString() {
		return "OpenAiProperties[baseUrl=" + this.baseUrl + "]";
	}

}
