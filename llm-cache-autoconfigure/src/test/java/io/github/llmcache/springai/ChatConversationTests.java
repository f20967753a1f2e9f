package io.github.llmcache.springai;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;

import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.ChatClient.ChatClientRequestSpec;
import org.springframework.ai.chat.client.ChatClientRequest;
import org.springframework.ai.chat.client.ChatClientResponse;
import org.springframework.ai.chat.client.advisor.MessageChatMemoryAdvisor;
import org.springframework.ai.chat.client.advisor.api.AdvisorChain;
import org.springframework.ai.chat.client.advisor.api.BaseAdvisor;
import org.springframework.ai.chat.memory.ChatMemory;
import org.springframework.ai.chat.memory.MessageWindowChatMemory;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.AssistantMessage.ToolCall;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.metadata.ChatGenerationMetadata;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.content.Media;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import org.springframework.ai.tool.function.FunctionToolCallback;
import reactor.core.publisher.Flux;

import org.springframework.core.io.ByteArrayResource;
import org.springframework.util.MimeTypeUtils;

import io.github.llmcache.answer.Outcome;
import io.github.llmcache.core.CallControl;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Later turns of a conversation are the same question if the model is sent the same.
 */
class ChatConversationTests extends ChatFixture {

	private final ChatMemory memory = MessageWindowChatMemory.builder().build();

	private final ChatClient talk = this.client.mutate()
		.defaultAdvisors(MessageChatMemoryAdvisor.builder(this.memory).build())
		.build();

	@Test
	void followUpIsAHitHoweverTheFirstTurnWasAnswered() {
		this.model.answer = (prompt, number) -> reply("Goethe", Reason.STOP.name(), List.of(Map.of()));
		this.model.stream = (prompt) -> Flux.just(reply("Goe", Reason.UNKNOWN, List.of()),
				reply("the", Reason.STOP, List.of()));
		ask("called", CallControl.maxAge(Duration.ofDays(1)));
		assertThat(followUp("called")).isEqualTo(Outcome.MISS);
		ask("served", CallControl.maxAge(Duration.ofDays(1)));
		assertThat(followUp("served")).isEqualTo(Outcome.EXACT);
		ask("called again", CallControl.refresh());
		assertThat(followUp("called again")).isEqualTo(Outcome.EXACT);
		for (String conversation : List.of("streamed", "stream served")) {
			conversation(conversation).stream().content().blockLast();
			assertThat(followUp(conversation)).isEqualTo(Outcome.EXACT);
		}
		assertThat(this.model.calls()).isEqualTo(4);
		assertThat(this.memory.get("streamed").get(1).getMetadata()).containsEntry("finishReason", Reason.STOP);
	}

	@Test
	void metadataOfRepliesThatIsSentCounts() {
		assertDiffer(earlier(Map.of("reasoningContent", "First")), earlier(Map.of("reasoningContent", "Second")));
		assertSame(earlier(Map.of("reasoningContent", "", "id", "1")), earlier(Map.of("role", "assistant")));
	}

	@Test
	void toolCallsOfRepliesCountWithTheirIds() {
		assertDiffer(called(new ToolCall("1", "function", "weather", "{}")),
				called(new ToolCall("2", "function", "weather", "{}")),
				called(new ToolCall("1", "function", "time", "{}")));
	}

	@Test
	void earlierMediaCountWithoutTheNameThatTheyWereGivenByChance() {
		assertSame(image(1, null), image(1, null));
		assertDiffer(image(2, null), image(3, null), image(3, "photo"), image(3, "picture"));
	}

	@Test
	void toolContextCountsWithToolsOnly() {
		this.model.options = ToolCallingChatOptions.builder().model("local").build();
		assertSame(context("jane"), context("joe"));
		assertDiffer(context("jane").andThen(ChatConversationTests::tools)::apply,
				context("joe").andThen(ChatConversationTests::tools)::apply);
	}

	@Test
	void everythingCountsIfALaterAdvisorMayReadIt() {
		LlmCacheChatAdvisor first = LlmCacheChatAdvisor.builder(this.cache).order(0).build();
		ChatClient reading = ChatClient.builder(this.model).defaultAdvisors(first, new Reading()).build();
		this.model.options = ToolCallingChatOptions.builder().model("local").build();
		for (UnaryOperator<ChatClientRequestSpec> change : List.of(earlier(Map.of("id", "1")),
				earlier(Map.of("id", "2")), context("jane"), context("joe"))) {
			assertThat(outcome(change.apply(reading.prompt().user("question")))).isEqualTo(Outcome.MISS);
		}
	}

	private void ask(String conversation, CallControl control) {
		conversation(conversation).advisors((advisors) -> advisors.param(LlmCacheChatAdvisor.CONTROL, control))
			.call()
			.content();
	}

	private ChatClientRequestSpec conversation(String conversation) {
		return turn("Who wrote Faust?", conversation);
	}

	private Outcome followUp(String conversation) {
		return outcome(turn("When was he born?", conversation));
	}

	private ChatClientRequestSpec turn(String text, String conversation) {
		return this.talk.prompt()
			.user(text)
			.advisors((advisors) -> advisors.param(ChatMemory.CONVERSATION_ID, conversation));
	}

	@SafeVarargs
	private void assertDiffer(UnaryOperator<ChatClientRequestSpec>... requests) {
		for (UnaryOperator<ChatClientRequestSpec> request : requests) {
			assertThat(ask(request)).isEqualTo(Outcome.MISS);
		}
		for (UnaryOperator<ChatClientRequestSpec> request : requests) {
			assertThat(ask(request)).isEqualTo(Outcome.EXACT);
		}
	}

	private void assertSame(UnaryOperator<ChatClientRequestSpec> one, UnaryOperator<ChatClientRequestSpec> other) {
		assertThat(ask(one)).isEqualTo(Outcome.MISS);
		assertThat(ask(other)).isEqualTo(Outcome.EXACT);
	}

	private Outcome ask(UnaryOperator<ChatClientRequestSpec> change) {
		return outcome(change.apply(this.client.prompt().user("question")));
	}

	private static UnaryOperator<ChatClientRequestSpec> earlier(Map<String, Object> metadata) {
		return (request) -> request.messages(new UserMessage("Hello"),
				AssistantMessage.builder().content("Hi").properties(metadata).build());
	}

	private static UnaryOperator<ChatClientRequestSpec> called(ToolCall call) {
		return (request) -> request.messages(AssistantMessage.builder().content("").toolCalls(List.of(call)).build());
	}

	private static UnaryOperator<ChatClientRequestSpec> image(int content, String name) {
		Media media = Media.builder()
			.mimeType(MimeTypeUtils.IMAGE_PNG)
			.data(new ByteArrayResource(new byte[] { (byte) content }))
			.name(name)
			.build();
		return (request) -> request.messages(UserMessage.builder().text("Look").media(media).build(),
				new AssistantMessage("Nice"));
	}

	private static UnaryOperator<ChatClientRequestSpec> context(String user) {
		return (request) -> request.toolContext(Map.of("user", user));
	}

	private static ChatClientRequestSpec tools(ChatClientRequestSpec request) {
		return request.tools(FunctionToolCallback.builder("weather", (Object input) -> "sunny")
			.description("Tells the weather")
			.inputType(String.class)
			.build());
	}

	/**
	 * A reply as OpenAI's are.
	 */
	private static ChatResponse reply(String text, Object reason, List<?> annotations) {
		return new ChatResponse(List.of(new Generation(
				AssistantMessage.builder()
					.content(text)
					.properties(Map.of("id", UUID.randomUUID().toString(), "role", "assistant", "index", 0L,
							"finishReason", reason, "refusal", "", "annotations", annotations, "reasoningContent", ""))
					.build(),
				ChatGenerationMetadata.builder().finishReason((reason != Reason.UNKNOWN) ? "STOP" : null).build())));
	}

	private enum Reason {

		STOP, UNKNOWN

	}

	private record Reading() implements BaseAdvisor {

		@Override
		public ChatClientRequest before(ChatClientRequest request, AdvisorChain chain) {
			return request;
		}

		@Override
		public ChatClientResponse after(ChatClientResponse response, AdvisorChain chain) {
			return response;
		}

		@Override
		public int getOrder() {
			return 1;
		}

	}

}
