package io.github.llmcache.starter;

import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.ClassUtils;

import io.github.llmcache.annotation.LlmCached;
import io.github.llmcache.answer.CachedAnswer;
import io.github.llmcache.answer.Outcome;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The starter alone, with the model that it carries, and with neither Actuator nor
 * Micrometer's registry nor aspectjweaver.
 */
@SpringBootTest
class StarterTests {

	@Autowired
	private Assistant assistant;

	@Test
	void onlyTheStarterIsOnTheClasspath() {
		assertThat(ClassUtils.isPresent("org.springframework.boot.actuate.endpoint.annotation.Endpoint", null))
			.isFalse();
		assertThat(ClassUtils.isPresent("io.micrometer.core.instrument.MeterRegistry", null)).isFalse();
		assertThat(ClassUtils.isPresent("org.aspectj.weaver.Advice", null)).isFalse();
		assertThat(ClassUtils.isPresent("dev.langchain4j.model.embedding.EmbeddingModel", null)).isFalse();
	}

	@Test
	void anotherWordingIsServedAndALookalikeIsNot() {
		assertThat(this.assistant.ask("How do I turn on dark mode?").outcome()).isEqualTo(Outcome.MISS);
		assertThat(this.assistant.ask("How do I turn on dark mode?").outcome()).isEqualTo(Outcome.EXACT);
		CachedAnswer<String> hit = this.assistant.ask("how can I turn dark mode on");
		assertThat(hit.outcome()).isEqualTo(Outcome.SEMANTIC);
		assertThat(hit.value()).isEqualTo("answer 1");
		assertThat(hit.matchedPrompt()).isEqualTo("How do I turn on dark mode?");
		assertThat(hit.similarity()).isBetween(0.6, 1.0);
		assertThat(this.assistant.ask("How do I turn off dark mode?").outcome()).isEqualTo(Outcome.MISS);
	}

	static class Assistant {

		private final AtomicInteger calls = new AtomicInteger();

		@LlmCached(task = "support", semantic = true)
		public CachedAnswer<String> ask(String prompt) {
			return CachedAnswer.of("answer " + this.calls.incrementAndGet());
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		Assistant assistant() {
			return new Assistant();
		}

	}

}
