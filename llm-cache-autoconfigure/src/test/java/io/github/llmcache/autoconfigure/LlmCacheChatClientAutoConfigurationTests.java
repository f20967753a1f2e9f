package io.github.llmcache.autoconfigure;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.advisor.api.CallAdvisor;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.github.llmcache.answer.Outcome;
import io.github.llmcache.core.LlmCache;
import io.github.llmcache.springai.LlmCacheChatAdvisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link LlmCacheChatClientAutoConfiguration}.
 */
class LlmCacheChatClientAutoConfigurationTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(LlmCacheAutoConfiguration.class, LlmCacheChatClientAutoConfiguration.class))
		.withPropertyValues("llm-cache.semantic.enabled=false");

	@Test
	void advisorIsThereWithTheChatClient() {
		this.contextRunner.run((context) -> {
			assertThat(context).hasSingleBean(LlmCacheChatAdvisor.class);
			assertThat(context.getBean(LlmCacheChatAdvisor.class).getOrder())
				.isEqualTo(LlmCacheChatAdvisor.DEFAULT_ORDER);
		});
	}

	@Test
	void advisorIsNotThereWithoutTheChatClient() {
		this.contextRunner.withClassLoader(new FilteredClassLoader(CallAdvisor.class))
			.run((context) -> assertThat(context).hasSingleBean(LlmCache.class)
				.doesNotHaveBean(LlmCacheChatAdvisor.class));
	}

	@Test
	void advisorIsNotThereWithoutReactor() {
		this.contextRunner.withClassLoader(new FilteredClassLoader("reactor.core"))
			.run((context) -> assertThat(context).hasSingleBean(LlmCache.class).doesNotHaveBean("llmCacheChatAdvisor"));
	}

	@Test
	void advisorIsNotThereIfTheCacheIsOff() {
		this.contextRunner.withPropertyValues("llm-cache.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(LlmCacheChatAdvisor.class));
	}

	@Test
	void propertiesSayWhatIsIgnored() {
		this.contextRunner
			.withPropertyValues("llm-cache.chat.ignored-options=temperature",
					"llm-cache.chat.ignored-metadata=requestId")
			.run((context) -> {
				ChatClient client = client(context.getBean(LlmCacheChatAdvisor.class));
				assertThat(outcome(client, 0.1, Map.of("requestId", 1))).isEqualTo(Outcome.MISS);
				assertThat(outcome(client, 0.2, Map.of("requestId", 2))).isEqualTo(Outcome.EXACT);
				assertThat(outcome(client, 0.2, Map.of("id", 2))).isEqualTo(Outcome.MISS);
			});
		this.contextRunner.run((context) -> {
			ChatClient client = client(context.getBean(LlmCacheChatAdvisor.class));
			assertThat(outcome(client, 0.1, Map.of("id", 1))).isEqualTo(Outcome.MISS);
			assertThat(outcome(client, 0.1, Map.of("id", 2))).isEqualTo(Outcome.EXACT);
			assertThat(outcome(client, 0.2, Map.of("id", 2))).isEqualTo(Outcome.MISS);
		});
	}

	private static ChatClient client(LlmCacheChatAdvisor advisor) {
		ChatModel model = mock(ChatModel.class);
		given(model.getOptions()).willReturn(ChatOptions.builder().model("local").build());
		given(model.call(any(Prompt.class)))
			.willReturn(new ChatResponse(List.of(new Generation(new AssistantMessage("answer")))));
		return ChatClient.builder(model).defaultAdvisors(advisor).build();
	}

	private static Object outcome(ChatClient client, double temperature, Map<String, Object> metadata) {
		return client.prompt()
			.messages(AssistantMessage.builder().content("Hello").properties(metadata).build())
			.user("question")
			.options(ChatOptions.builder().temperature(temperature))
			.call()
			.chatClientResponse()
			.context()
			.get(LlmCacheChatAdvisor.OUTCOME);
	}

	@Test
	void advisorOfTheUserIsTaken() {
		this.contextRunner.withUserConfiguration(OwnAdvisor.class)
			.run((context) -> assertThat(context.getBean(LlmCacheChatAdvisor.class).getOrder()).isEqualTo(7));
	}

	@Configuration(proxyBeanMethods = false)
	static class OwnAdvisor {

		@Bean
		LlmCacheChatAdvisor mine(LlmCache cache) {
			return LlmCacheChatAdvisor.builder(cache).order(7).build();
		}

	}

}
