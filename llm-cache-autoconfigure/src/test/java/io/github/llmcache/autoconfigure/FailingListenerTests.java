package io.github.llmcache.autoconfigure;

import java.util.Objects;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.event.EventListener;

import io.github.llmcache.core.CacheRequest;
import io.github.llmcache.core.LlmCache;
import io.github.llmcache.event.LlmCacheListener;
import io.github.llmcache.event.LookupEvent;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A listener that fails is named, whatever it listens to.
 */
@ExtendWith(OutputCaptureExtension.class)
class FailingListenerTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(LlmCacheAutoConfiguration.class))
		.withPropertyValues("llm-cache.semantic.enabled=false");

	@Test
	void listenerOfApplicationEventsIsNamed(CapturedOutput output) {
		ask(this.contextRunner.withBean(EventCounter.class));
		assertThat(output).contains("Listener " + EventCounter.class.getName() + ".count failed with "
				+ NullPointerException.class.getName());
	}

	@Test
	void listenerOfTheCacheIsNamed(CapturedOutput output) {
		ask(this.contextRunner.withBean(FailingListener.class));
		assertThat(output).contains("Listener " + FailingListener.class.getName() + " failed with "
				+ IllegalStateException.class.getName());
	}

	private static void ask(ApplicationContextRunner runner) {
		runner.run((context) -> assertThat(context.getBean(LlmCache.class)
			.get(CacheRequest.forTask("support", String.class).prompt("Hello?").build(), () -> "answer")
			.value()).isEqualTo("answer"));
	}

	static class EventCounter {

		@EventListener
		void count(LookupEvent event) {
			Objects.requireNonNull(event.reason());
		}

	}

	static class FailingListener implements LlmCacheListener {

		@Override
		public void onLookup(LookupEvent event) {
			throw new IllegalStateException("failed");
		}

	}

}
