package io.github.llmcache.springai;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.MessageType;
import org.springframework.ai.chat.metadata.ChatGenerationMetadata;
import org.springframework.ai.chat.metadata.ChatResponseMetadata;
import org.springframework.ai.chat.metadata.DefaultUsage;
import org.springframework.ai.chat.metadata.EmptyUsage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import tools.jackson.databind.json.JsonMapper;

import io.github.llmcache.codec.JacksonPayloadCodec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

/**
 * Tests for {@link StoredChatResponse}.
 */
class StoredChatResponseTests {

	private static boolean initialized;

	private final JacksonPayloadCodec codec = new JacksonPayloadCodec(JsonMapper.builder().build());

	@Test
	void simpleValuesComeBackAsTheClassThatTheyWere() {
		Map<String, Object> metadata = new HashMap<>(Map.of("text", "a", "flag", true, "int", 1, "long", 1L, "float",
				1f, "double", 1d, "duration", Duration.ofMillis(1500), "instant", Instant.EPOCH));
		metadata.putAll(Map.of("enum", Thread.State.NEW, "unit", TimeUnit.DAYS, "uri", URI.create("a:b"), "uuid",
				new UUID(1, 2), "decimal", new BigDecimal("1.50"), "integer", BigInteger.TWO, "date",
				OffsetDateTime.parse("2026-01-02T03:04:05+06:00")));
		metadata.put("list", Arrays.asList("a", null, 2L, List.of(), Map.of()));
		metadata.put("map", Map.of("a", 2L, "b", List.of(true)));
		metadata.put("null", null);
		Map<String, Object> expected = new HashMap<>(metadata);
		expected.put("messageType", MessageType.ASSISTANT);
		Generation generation = new Generation(AssistantMessage.builder().content("Hello").properties(metadata).build(),
				ChatGenerationMetadata.builder()
					.finishReason("stop")
					.contentFilters(Set.of("b", "a"))
					.metadata(Map.of("index", 1L))
					.build());
		Generation restored = restore(new ChatResponse(List.of(generation))).getResult();
		assertThat(restored.getOutput().getMetadata()).isEqualTo(expected);
		assertThat(restored).isEqualTo(generation);
	}

	@Test
	void bytesComeBack() {
		byte[] signature = { 1, -1 };
		ChatResponse restored = restore(new ChatResponse(List.of(new Generation(AssistantMessage.builder()
			.content("a")
			.properties(Map.of("signatures", List.of(signature)))
			.build()))));
		assertThat(restored.getResult().getOutput().getMetadata().get("signatures"))
			.asInstanceOf(InstanceOfAssertFactories.LIST)
			.containsExactly(signature);
	}

	@Test
	void generationsKeepTheirOrder() {
		ChatResponse restored = restore(new ChatResponse(List.of(LocalChatModel.generation("one", "stop"),
				LocalChatModel.generation("two", "end_turn"), new Generation(new AssistantMessage("three")))));
		assertThat(restored.getResults()).extracting((generation) -> generation.getOutput().getText())
			.containsExactly("one", "two", "three");
		assertThat(restored.getResults().get(1).getMetadata().getFinishReason()).isEqualTo("end_turn");
		assertThat(restored.getResults().get(2).getMetadata()).isSameAs(ChatGenerationMetadata.NULL);
	}

	@Test
	void numbersOfTokensComeBackAndTheProvidersObjectDoesNot() {
		DefaultUsage usage = new DefaultUsage(10, 20, 35, new Object(), 4L, 5L);
		ChatResponse restored = restore(response(ChatResponseMetadata.builder().usage(usage).build()));
		assertThat(restored.getMetadata().getUsage()).isEqualTo(new DefaultUsage(10, 20, 35, null, 4L, 5L));
		assertThat(restore(response(new ChatResponseMetadata())).getMetadata().getUsage())
			.isInstanceOf(EmptyUsage.class);
	}

	@Test
	void objectsOfAProviderAreLeftOut() {
		ChatResponse response = response(ChatResponseMetadata.builder()
			.keyValue("created", 7L)
			.keyValue("native-response", new Object())
			.build());
		assertThat(StoredChatResponse.of(response).complete()).isTrue();
		assertThat(restore(response).getMetadata().entrySet()).containsExactly(entry("created", 7L));
	}

	@Test
	void onlyEnumerationsAreLoadedByName() {
		assertThat(StoredConstant.read("java.lang.Thread$State#NEW")).isSameAs(Thread.State.NEW);
		assertThat(StoredConstant.read("java.lang.Thread$State#GONE")).isEqualTo("GONE");
		assertThat(StoredConstant.read("no.such.Reason#STOP")).isEqualTo("STOP");
		assertThat(StoredConstant.read(Initialized.class.getName() + "#STOP")).isEqualTo("STOP");
		assertThat(StoredConstant.read("STOP")).isEqualTo("STOP");
		assertThat(initialized).isFalse();
	}

	@Test
	void listsThatCannotBeRestoredMakeItIncomplete() {
		List<Object> citations = List.of(new Object());
		assertThat(
				StoredChatResponse.of(response(ChatResponseMetadata.builder().keyValue("citations", citations).build()))
					.complete())
			.isFalse();
		assertThat(StoredChatResponse
			.of(new ChatResponse(List.of(new Generation(
					AssistantMessage.builder().content("a").properties(Map.of("annotations", citations)).build()))))
			.complete()).isFalse();
		assertThat(StoredChatResponse.of(new ChatResponse(List.of(new Generation(new AssistantMessage("a"),
				ChatGenerationMetadata.builder().metadata("scores", Map.of(1, "a")).build()))))
			.complete()).isFalse();
	}

	@Test
	void setsAndArraysMakeItIncomplete() {
		for (Object several : List.of(Set.of("a"), new String[] { "a" })) {
			assertThat(
					StoredChatResponse.of(response(ChatResponseMetadata.builder().keyValue("several", several).build()))
						.complete())
				.isFalse();
		}
	}

	@Test
	void messageOfAProvidersOwnClassMakesItIncomplete() {
		AssistantMessage message = new AssistantMessage("a") {

		};
		assertThat(StoredChatResponse.of(new ChatResponse(List.of(new Generation(message)))).complete()).isFalse();
	}

	@Test
	void nothingOfTheAnswerIsInItsDescription() {
		assertThat(StoredChatResponse.of(LocalChatModel.response("secret", "stop", 1)))
			.hasToString("StoredChatResponse[complete=true]");
	}

	private ChatResponse restore(ChatResponse response) {
		StoredChatResponse stored = StoredChatResponse.of(response);
		assertThat(stored.complete()).isTrue();
		byte[] payload = this.codec.encode(stored, StoredChatResponse.class);
		return ((StoredChatResponse) this.codec.decode(payload, StoredChatResponse.class)).restore();
	}

	private static ChatResponse response(ChatResponseMetadata metadata) {
		return new ChatResponse(List.of(new Generation(new AssistantMessage("a"))), metadata);
	}

	private static final class Initialized {

		static {
			initialized = true;
		}

	}

}
