package io.github.llmcache.autoconfigure.settings;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

import io.github.llmcache.answer.CachedAnswer;
import io.github.llmcache.answer.Outcome;
import io.github.llmcache.autoconfigure.LlmCacheAutoConfiguration;
import io.github.llmcache.core.CacheRequest;
import io.github.llmcache.core.LlmCache;
import io.github.llmcache.embedding.AngleEmbedder;
import io.github.llmcache.embedding.TextEmbedder;
import io.github.llmcache.settings.LiveSettings;
import io.github.llmcache.settings.Setting;
import io.github.llmcache.settings.SettingsChangedEvent;
import io.github.llmcache.settings.TaskSettings;
import io.github.llmcache.store.redis.server.RedisKind;
import io.github.llmcache.store.redis.server.RedisServers;
import io.github.llmcache.verify.MatchVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is set on one instance holds on the others, and after a restart.
 */
class LiveSettingsOnRedisTests {

	private static final Duration LONG = Duration.ofSeconds(30);

	private static final TaskSettings EXACT = new TaskSettings(null, false, null, null, null);

	private final ApplicationContextRunner instance = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(LlmCacheAutoConfiguration.class, DataRedisAutoConfiguration.class))
		.withUserConfiguration(Model.class)
		.withPropertyValues("spring.data.redis.port=" + RedisServers.shared(RedisKind.REDIS_8).port(),
				"llm-cache.redis.key-prefix=test-" + UUID.randomUUID(), "llm-cache.redis.timeout=10s",
				"llm-cache.semantic.paraphrase-model=false", "llm-cache.tasks.support.semantic=true");

	@Test
	void settingOfOneInstanceHoldsOnTheOtherAndAfterARestartUntilItIsTakenBack() {
		this.instance.run((one) -> this.instance.run((other) -> {
			assertThat(ask(other, "wording")).isEqualTo(Outcome.MISS);
			assertThat(ask(other, "other wording")).isEqualTo(Outcome.SEMANTIC);
			one.getBean(LiveSettings.class).change("support", EXACT);
			assertThat(ask(one, "other wording")).isEqualTo(Outcome.MISS);
			Awaitility.await().atMost(LONG).until(() -> other.getBean(LiveSettings.class).of("support").equals(EXACT));
			assertThat(ask(other, "third wording")).isEqualTo(Outcome.MISS);
			assertThat(other.getBean(Model.class).events)
				.containsExactly(new SettingsChangedEvent("support", TaskSettings.NONE, EXACT, false));
			assertThat(one.getBean(Model.class).events)
				.containsExactly(new SettingsChangedEvent("support", TaskSettings.NONE, EXACT, true));
			this.instance.run((restarted) -> assertThat(restarted.getBean(LiveSettings.class).of("support"))
				.as("before its first call")
				.isEqualTo(EXACT));
			other.getBean(LiveSettings.class).reset("support", Set.of(Setting.SEMANTIC));
			assertThat(ask(other, "fourth wording")).isEqualTo(Outcome.SEMANTIC);
			Awaitility.await()
				.atMost(LONG)
				.until(() -> one.getBean(LiveSettings.class).of("support").equals(TaskSettings.NONE));
			assertThat(ask(one, "fifth wording")).isEqualTo(Outcome.SEMANTIC);
		}));
	}

	private static Outcome ask(ApplicationContext context, String prompt) {
		CacheRequest<String> request = CacheRequest.forTask("support", String.class).prompt(prompt).build();
		CachedAnswer<String> answer = context.getBean(LlmCache.class).get(request, () -> "answer");
		return answer.outcome();
	}

	@Configuration(proxyBeanMethods = false)
	static class Model {

		final List<SettingsChangedEvent> events = new CopyOnWriteArrayList<>();

		@Bean
		TextEmbedder embedder() {
			return new AngleEmbedder("angles").at(0, "wording")
				.at(1, "other wording")
				.at(2, "third wording")
				.at(3, "fourth wording")
				.at(4, "fifth wording");
		}

		@Bean
		MatchVerifier verifier() {
			return (match) -> MatchVerifier.Verdict.accept();
		}

		@EventListener
		void changed(SettingsChangedEvent event) {
			this.events.add(event);
		}

	}

}
