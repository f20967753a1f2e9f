package io.github.llmcache.readme;

import java.util.List;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

import io.github.llmcache.test.MutableClock;
import io.github.llmcache.test.RecordingListener;

/**
 * The application that the documents talk about.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({ ModelClient.class, SupportService.class, Assistant.class, MigratedAssistant.class, LookupLog.class,
		EngineSnippets.class, ChatClientSnippets.class })
class Application {

	@Bean
	MutableClock clock() {
		return new MutableClock();
	}

	@Bean
	RecordingListener events() {
		return new RecordingListener();
	}

	@Bean
	ChatModel chatModel(ModelClient client) {
		return new ChatModel() {

			@Override
			public ChatResponse call(Prompt prompt) {
				return new ChatResponse(
						List.of(new Generation(new AssistantMessage(client.ask(prompt.getContents(), "local")))));
			}

			@Override
			public ChatOptions getOptions() {
				return ChatOptions.builder().model("local").build();
			}

		};
	}

}
