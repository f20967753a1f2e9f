package io.github.llmcache.autoconfigure;

import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.client.advisor.api.CallAdvisor;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import io.github.llmcache.core.LlmCache;
import io.github.llmcache.springai.LlmCacheChatAdvisor;

import static org.assertj.core.api.Assertions.assertThat;
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
	void advisorOfTheUserIsTaken() {
		this.contextRunner
			.withBean("mine", LlmCacheChatAdvisor.class,
					() -> LlmCacheChatAdvisor.builder(mock(LlmCache.class)).order(7).build())
			.run((context) -> assertThat(context.getBean(LlmCacheChatAdvisor.class).getOrder()).isEqualTo(7));
	}

}
