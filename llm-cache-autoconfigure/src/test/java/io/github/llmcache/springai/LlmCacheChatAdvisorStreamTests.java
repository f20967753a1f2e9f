package io.github.llmcache.springai;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.ChatClientResponse;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.metadata.ChatGenerationMetadata;
import org.springframework.ai.chat.metadata.ChatResponseMetadata;
import org.springframework.ai.chat.metadata.DefaultUsage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

import io.github.llmcache.answer.Outcome;
import io.github.llmcache.core.CallControl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests for {@link LlmCacheChatAdvisor} and streams.
 */
@Timeout(60)
class LlmCacheChatAdvisorStreamTests extends ChatFixture {

	@Test
	void repeatedQuestionIsServedInTheSameChunks() {
		stream(LocalChatModel.chunk("Hel"), LocalChatModel.chunk("lo"), LocalChatModel.chunk(""),
				LocalChatModel.chunk(" you"), last("stop"));
		List<ChatClientResponse> first = ask("question");
		List<ChatClientResponse> second = ask("question");
		assertThat(this.model.calls()).isOne();
		assertThat(first).extracting((chunk) -> outcome(chunk)).containsOnly(Outcome.MISS);
		assertThat(second).extracting((chunk) -> outcome(chunk)).containsOnly(Outcome.EXACT);
		assertThat(second).extracting(LlmCacheChatAdvisorStreamTests::text)
			.containsExactly("Hel", "lo", "", " you", "!");
		ChatResponse end = second.get(4).chatResponse();
		assertThat(end.getResult()).isEqualTo(first.get(4).chatResponse().getResult());
		assertThat(end.getResult().getMetadata().getFinishReason()).isEqualTo("stop");
		assertThat(end.getMetadata().getUsage()).isEqualTo(new DefaultUsage(7, 5, 13));
		assertThat(end.getMetadata().getId()).isEqualTo("stream");
		assertThat(second.subList(0, 4)).extracting((chunk) -> chunk.chatResponse().getMetadata().getUsage())
			.allMatch((usage) -> usage.getTotalTokens() == 0);
	}

	@Test
	void contentOfAHitIsThatOfTheModel() {
		stream(LocalChatModel.chunk("Hel"), LocalChatModel.chunk("lo"), last("stop"));
		for (int i = 0; i < 2; i++) {
			assertThat(this.client.prompt("question").stream().content().collectList().block()).containsExactly("Hel",
					"lo", "!");
		}
		assertThat(this.model.calls()).isOne();
	}

	@Test
	void metadataOfTheMessagesOfAHitIsThatOfTheModel() {
		stream(told("Hel", Reason.UNKNOWN, null), told("lo", Reason.STOP, "STOP"));
		List<Map<String, Object>> first = metadata(ask("question"));
		List<ChatClientResponse> second = ask("question");
		assertThat(second).extracting((chunk) -> outcome(chunk)).containsOnly(Outcome.EXACT);
		assertThat(metadata(second)).isEqualTo(first);
		assertThat(first.get(1)).containsEntry("finishReason", Reason.STOP);
	}

	@Test
	void streamWhoseProviderTellsThatItHasNotEndedIsNotStored() {
		stream(told("Hel", Reason.UNKNOWN, null), told("lo", Reason.UNKNOWN, null));
		ask("question");
		assertThat(this.events.lastStore().rejection()).isEqualTo("incomplete");
	}

	@Test
	void otherWordingIsServedInTheSameChunks() {
		stream(LocalChatModel.chunk("Hel"), last("stop"));
		ChatClient semanticClient = ChatClient.builder(this.model).defaultAdvisors(this.semantic).build();
		semanticClient.prompt("question").stream().content().blockLast();
		List<ChatClientResponse> hit = semanticClient.prompt("other wording")
			.stream()
			.chatClientResponse()
			.collectList()
			.block();
		assertThat(hit).extracting((chunk) -> outcome(chunk)).containsExactly(Outcome.SEMANTIC, Outcome.SEMANTIC);
	}

	@Test
	void chunksPassAsTheyCome() {
		Sinks.Many<ChatResponse> chunks = Sinks.many().unicast().onBackpressureBuffer();
		this.model.stream = (prompt) -> chunks.asFlux();
		List<String> seen = new CopyOnWriteArrayList<>();
		this.client.prompt("question").stream().content().subscribe(seen::add);
		chunks.tryEmitNext(LocalChatModel.chunk("first"));
		Awaitility.await().until(() -> seen.equals(List.of("first")));
		chunks.tryEmitNext(LocalChatModel.chunk("second"));
		Awaitility.await().until(() -> seen.equals(List.of("first", "second")));
		assertThat(this.events.stores()).isEmpty();
		chunks.tryEmitNext(last("stop"));
		chunks.tryEmitComplete();
		Awaitility.await().until(() -> this.events.stores().size() == 1);
		assertThat(ask("question")).extracting((chunk) -> outcome(chunk)).containsOnly(Outcome.EXACT);
	}

	@Test
	void secondSubscriberTakesPart() {
		Sinks.Many<ChatResponse> chunks = Sinks.many().unicast().onBackpressureBuffer();
		this.model.stream = (prompt) -> chunks.asFlux();
		List<String> seen = new CopyOnWriteArrayList<>();
		this.client.prompt("question").stream().content().subscribe(seen::add);
		chunks.tryEmitNext(LocalChatModel.chunk("first"));
		Awaitility.await().until(() -> seen.size() == 1);
		List<ChatClientResponse> others = new CopyOnWriteArrayList<>();
		this.client.prompt("question").stream().chatClientResponse().subscribe(others::add);
		Awaitility.await().until(() -> others.size() == 1);
		chunks.tryEmitNext(last("stop"));
		chunks.tryEmitComplete();
		Awaitility.await().until(() -> others.size() == 2);
		assertThat(others).extracting(LlmCacheChatAdvisorStreamTests::text).containsExactly("first", "!");
		assertThat(others).extracting((chunk) -> outcome(chunk)).containsOnly(Outcome.EXACT);
		assertThat(this.model.calls()).isOne();
	}

	@Test
	void streamThatIsCutOffIsNotStored() {
		stream(LocalChatModel.chunk("Hel"), last("LENGTH"), usage());
		ask("question");
		assertThat(ask("question")).extracting((chunk) -> outcome(chunk)).containsOnly(Outcome.MISS);
		assertThat(this.events.stores()).extracting((event) -> event.rejection()).containsOnly("incomplete");
	}

	@Test
	void streamWithoutTextIsNotStored() {
		stream(LocalChatModel.chunk(""), usage());
		ask("question");
		assertThat(ask("question")).extracting((chunk) -> outcome(chunk)).containsOnly(Outcome.MISS);
		assertThat(this.events.stores()).extracting((event) -> event.rejection()).containsOnly("unless");
	}

	@Test
	void chunkWithUsageOnlyIsKept() {
		stream(LocalChatModel.chunk("Hello"), last("stop"), usage());
		List<ChatClientResponse> first = ask("question");
		List<ChatClientResponse> second = ask("question");
		assertThat(second).extracting((chunk) -> outcome(chunk)).containsOnly(Outcome.EXACT);
		assertThat(second).hasSameSizeAs(first).hasSize(3);
		assertThat(second.get(2).chatResponse().getResults()).isEmpty();
		assertThat(second.get(2).chatResponse().getMetadata().getUsage().getTotalTokens()).isEqualTo(13);
	}

	@Test
	void failureOfTheModelPassesAndNothingIsStored() {
		RuntimeException failure = new IllegalStateException("overloaded");
		this.model.stream = (prompt) -> Flux.just(LocalChatModel.chunk("Hel")).concatWith(Flux.error(failure));
		List<ChatClientResponse> seen = new ArrayList<>();
		assertThatThrownBy(
				() -> this.client.prompt("question").stream().chatClientResponse().doOnNext(seen::add).blockLast())
			.isSameAs(failure);
		assertThat(seen).hasSize(1);
		assertThat(this.events.stores()).allMatch((event) -> !event.isStored());
	}

	@Test
	void requestSaysWhatItWantsOfTheCache() {
		stream(LocalChatModel.chunk("Hel"), last("stop"));
		ask("question");
		List<ChatClientResponse> fresh = this.client.prompt("question")
			.advisors((advisors) -> advisors.param(LlmCacheChatAdvisor.CONTROL, CallControl.refresh()))
			.stream()
			.chatClientResponse()
			.collectList()
			.block();
		assertThat(fresh).extracting((chunk) -> outcome(chunk)).containsOnly(Outcome.MISS);
		assertThat(this.model.calls()).isEqualTo(2);
	}

	@Test
	void streamThatCallsToolsIsNotStored() {
		AssistantMessage call = AssistantMessage.builder()
			.content("Let me look")
			.toolCalls(List.of(new AssistantMessage.ToolCall("1", "function", "weather", "{}")))
			.build();
		stream(LocalChatModel.chunk("Well"), new ChatResponse(List.of(new Generation(call))));
		ask("question");
		List<ChatClientResponse> second = ask("question");
		assertThat(second).extracting((chunk) -> outcome(chunk)).containsOnly(Outcome.MISS);
		assertThat(second.get(1).chatResponse().hasToolCalls()).isTrue();
		assertThat(this.events.stores()).extracting((event) -> event.rejection()).containsOnly("incomplete");
	}

	@Test
	void callAndStreamHaveEntriesOfTheirOwn() {
		stream(LocalChatModel.chunk("Hel"), last("stop"));
		ask("question");
		assertThat(outcome(this.client.prompt("question"))).isEqualTo(Outcome.MISS);
		assertThat(ask("question")).hasSize(2);
	}

	private void stream(ChatResponse... chunks) {
		this.model.stream = (prompt) -> Flux.just(chunks);
	}

	private List<ChatClientResponse> ask(String question) {
		return this.client.prompt(question).stream().chatClientResponse().collectList().block(Duration.ofSeconds(30));
	}

	private static String text(ChatClientResponse chunk) {
		return chunk.chatResponse().getResult().getOutput().getText();
	}

	private static List<Map<String, Object>> metadata(List<ChatClientResponse> chunks) {
		return chunks.stream().map((chunk) -> chunk.chatResponse().getResult().getOutput().getMetadata()).toList();
	}

	/**
	 * A chunk as OpenAI's are.
	 */
	private static ChatResponse told(String text, Reason reason, String finishReason) {
		return new ChatResponse(List.of(new Generation(
				AssistantMessage.builder().content(text).properties(Map.of("id", "a", "finishReason", reason)).build(),
				ChatGenerationMetadata.builder().finishReason(finishReason).build())));
	}

	private enum Reason {

		STOP, UNKNOWN

	}

	private static ChatResponse last(String finishReason) {
		return new ChatResponse(List.of(LocalChatModel.generation("!", finishReason)), usage().getMetadata());
	}

	private static ChatResponse usage() {
		return new ChatResponse(List.of(),
				ChatResponseMetadata.builder().id("stream").usage(new DefaultUsage(7, 5, 13)).build());
	}

}
