package io.github.llmcache.springai;

import java.util.function.Supplier;

import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.DefaultChatOptionsBuilder;

/**
 * Builds options of a provider, which have more than those of Spring AI.
 */
final class ProviderOptionsBuilder extends DefaultChatOptionsBuilder<ProviderOptionsBuilder> {

	private final Supplier<ChatOptions> options;

	ProviderOptionsBuilder(Supplier<ChatOptions> options) {
		this.options = options;
	}

	@Override
	public ChatOptions build() {
		return this.options.get();
	}

}
