package io.github.llmcache.interceptor;

import java.util.List;
import java.util.function.Supplier;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.ai.chat.model.ChatResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.ServerSentEvent;

import io.github.llmcache.annotation.LlmCached;
import io.github.llmcache.autoconfigure.LlmCacheAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Methods with answers that no JSON restores are refused when the application starts.
 */
class UnsupportedAnswerTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(LlmCacheAutoConfiguration.class))
		.withPropertyValues("llm-cache.semantic.enabled=false");

	@ParameterizedTest
	@ValueSource(classes = { ReturnsChatResponse.class, ReturnsEntity.class, ReturnsEvents.class,
			ReturnsListOfEntities.class, ReturnsFunction.class, ReturnsInterface.class })
	void applicationDoesNotStart(Class<?> type) {
		this.contextRunner.withBean(type)
			.run((context) -> assertThat(context).getFailure()
				.isInstanceOfSatisfying(InvalidOperationException.class, (ex) -> {
					assertThat(ex.getProblem()).startsWith("Method " + type.getName() + ".ask returns '")
						.contains("cannot be restored from JSON");
					assertThat(ex.getRemedy()).contains("a text or a record", "mix-in");
				}));
	}

	@Test
	void beanThatIsCreatedLaterIsRefusedThen() {
		this.contextRunner
			.withBean(ReturnsEntity.class, ReturnsEntity::new, (definition) -> definition.setLazyInit(true))
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThatThrownBy(() -> context.getBean(ReturnsEntity.class))
					.hasRootCauseInstanceOf(InvalidOperationException.class);
			});
	}

	@Test
	void typeThatTheApplicationTeachesItsMapperIsSupported() {
		this.contextRunner.withBean(ReturnsEntity.class)
			.withBean(JsonMapper.class,
					() -> JsonMapper.builder().addMixIn(ResponseEntity.class, Restorable.class).build())
			.run((context) -> assertThat(context).hasNotFailed());
	}

	interface Answer {

		String text();

	}

	abstract static class Restorable {

		@JsonCreator
		Restorable(@JsonProperty("body") Object body, @JsonProperty("statusCode") HttpStatusCode status) {
		}

	}

	static class ReturnsChatResponse {

		@LlmCached("task")
		public Mono<ChatResponse> ask(String prompt) {
			return Mono.empty();
		}

	}

	static class ReturnsEntity {

		@LlmCached("task")
		public ResponseEntity<String> ask(String prompt) {
			return ResponseEntity.ok(prompt);
		}

	}

	static class ReturnsEvents {

		@LlmCached("task")
		public Flux<ServerSentEvent<String>> ask(String prompt) {
			return Flux.empty();
		}

	}

	static class ReturnsListOfEntities {

		@LlmCached("task")
		public List<ResponseEntity<String>> ask(String prompt) {
			return List.of();
		}

	}

	static class ReturnsFunction {

		@LlmCached("task")
		public Supplier<String> ask(String prompt) {
			return () -> prompt;
		}

	}

	static class ReturnsInterface {

		@LlmCached("task")
		public Answer ask(String prompt) {
			return () -> prompt;
		}

	}

}
