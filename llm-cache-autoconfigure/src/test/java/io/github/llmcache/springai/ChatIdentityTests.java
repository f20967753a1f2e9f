package io.github.llmcache.springai;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.client.AdvisorParams;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.ChatClientRequest;
import org.springframework.ai.chat.client.ChatClientResponse;
import org.springframework.ai.chat.client.advisor.MessageChatMemoryAdvisor;
import org.springframework.ai.chat.client.advisor.api.AdvisorChain;
import org.springframework.ai.chat.client.advisor.api.BaseAdvisor;
import org.springframework.ai.chat.memory.ChatMemory;
import org.springframework.ai.chat.memory.MessageWindowChatMemory;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.DefaultChatOptions;
import org.springframework.ai.model.tool.StructuredOutputChatOptions;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.function.FunctionToolCallback;

import org.springframework.core.Ordered;

import io.github.llmcache.answer.Outcome;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What has to be equal for an answer to be served, seen from the {@code ChatClient}.
 */
class ChatIdentityTests extends ChatFixture {

	@Test
	void everyMessageCounts() {
		assertAllDiffer((request) -> request, (request) -> request.system("Be brief."),
				(request) -> request.system("Be long."), messages(new UserMessage("Hello")),
				messages(new UserMessage("Hello"), new AssistantMessage("Hi")),
				messages(new UserMessage("Hello"), new AssistantMessage("Hi there")),
				messages(new AssistantMessage("Hi"), new UserMessage("Hello")),
				messages(new AssistantMessage("Hi"), new AssistantMessage("Hello")),
				messages(AssistantMessage.builder()
					.content("Hi")
					.toolCalls(List.of(new AssistantMessage.ToolCall("1", "function", "weather", "{}")))
					.build()),
				messages(ToolResponseMessage.builder()
					.responses(List.of(new ToolResponseMessage.ToolResponse("1", "weather", "sunny")))
					.build()),
				messages(ToolResponseMessage.builder()
					.responses(List.of(new ToolResponseMessage.ToolResponse("1", "weather", "rainy")))
					.build()));
	}

	@Test
	void metadataOfMessagesCounts() {
		assertAllDiffer((request) -> request,
				(request) -> request.user((user) -> user.text("question").metadata("a", 1)),
				(request) -> request.user((user) -> user.text("question").metadata("a", 2)),
				(request) -> request.system((system) -> system.text("Be brief.").metadata("a", 1)),
				(request) -> request.system((system) -> system.text("Be brief.").metadata("a", 2)));
	}

	@Test
	void everyOptionCounts() {
		assertAllDiffer((request) -> request, options((options) -> options.model("other")),
				options((options) -> options.temperature(0.3)), options((options) -> options.topK(3)),
				options((options) -> options.topP(0.3)), options((options) -> options.maxTokens(3)),
				options((options) -> options.frequencyPenalty(0.3)), options((options) -> options.presencePenalty(0.3)),
				options((options) -> options.stopSequences(List.of("a", "b"))),
				options((options) -> options.stopSequences(List.of("b", "a"))));
	}

	@Test
	void classOfTheOptionsCounts() {
		assertServedAgain(this.client.prompt("question"));
		this.model.options = ToolCallingChatOptions.builder().model("local").temperature(0.2).build();
		assertServedAgain(this.client.prompt("question"));
		this.model.options = StructuredOutputChatOptions.builder().model("local").temperature(0.2).build();
		assertServedAgain(this.client.prompt("question"));
	}

	@Test
	void optionsThatOnlyOneProviderHasCountToo() {
		this.model.options = new ProviderOptions("local", 1, "key");
		assertServedAgain(this.client.prompt("question"));
		this.model.options = new ProviderOptions("local", 2, "key");
		assertServedAgain(this.client.prompt("question"));
		this.model.options = new ProviderOptions("local", 2, "other key");
		assertThat(outcome(this.client.prompt("question"))).isEqualTo(Outcome.EXACT);
	}

	@Test
	void ignoredOptionsAreThoseThatTheAdvisorNames() {
		LlmCacheChatAdvisor ignoring = LlmCacheChatAdvisor.builder(this.cache).ignoredOptions("seed").build();
		ChatClient ignoringClient = ChatClient.builder(this.model).defaultAdvisors(ignoring).build();
		this.model.options = new ProviderOptions("local", 1, "key");
		assertServedAgain(ignoringClient.prompt("question"));
		this.model.options = new ProviderOptions("local", 2, "key");
		assertThat(outcome(ignoringClient.prompt("question"))).isEqualTo(Outcome.EXACT);
		this.model.options = new ProviderOptions("local", 2, "other key");
		assertThat(outcome(ignoringClient.prompt("question"))).isEqualTo(Outcome.MISS);
	}

	@Test
	void singleEntriesOfAnOptionCanBeIgnored() {
		LlmCacheChatAdvisor ignoring = LlmCacheChatAdvisor.builder(this.cache)
			.ignoredOptions("apiKey", "seed.X-Request-Id")
			.build();
		ChatClient ignoringClient = ChatClient.builder(this.model).defaultAdvisors(ignoring).build();
		this.model.options = new ProviderOptions("local", Map.of("X-Request-Id", "1", "X-Tenant", "a"), "key");
		assertServedAgain(ignoringClient.prompt("question"));
		this.model.options = new ProviderOptions("local", Map.of("X-Request-Id", "2", "X-Tenant", "a"), "key");
		assertThat(outcome(ignoringClient.prompt("question"))).isEqualTo(Outcome.EXACT);
		this.model.options = new ProviderOptions("local", Map.of("X-Request-Id", "2", "X-Tenant", "b"), "key");
		assertThat(outcome(ignoringClient.prompt("question"))).isEqualTo(Outcome.MISS);
		this.model.options = new ProviderOptions("local", Map.of("X-Tenant", "b"), "key");
		assertThat(outcome(ignoringClient.prompt("question"))).isEqualTo(Outcome.EXACT);
	}

	@Test
	void optionsThatCannotBeComparedBypassTheCache() {
		this.model.options = new ProviderOptions("local", (Runnable) () -> {
		}, "key");
		ChatClientResponse response = this.client.prompt("question").call().chatClientResponse();
		assertThat(answer(response).reason()).isEqualTo("uncacheable-argument");
	}

	@Test
	void definitionsOfToolsCount() {
		this.model.options = ToolCallingChatOptions.builder().model("local").build();
		assertAllDiffer((request) -> request, tools(tool("weather", "Tells the weather", String.class)),
				tools(tool("forecast", "Tells the weather", String.class)),
				tools(tool("weather", "Tells tomorrow's weather", String.class)),
				tools(tool("weather", "Tells the weather", Integer.class)),
				tools(tool("weather", "Tells the weather", String.class), tool("time", "Tells the time", String.class)),
				(request) -> tools(tool("weather", "Tells the weather", String.class)).apply(request)
					.toolContext(Map.of("user", "jane")));
	}

	@Test
	void formatOfTheOutputCounts() {
		this.model.answer = (prompt, number) -> LocalChatModel.response("{\"name\": \"Rhine\", \"length\": 1233}",
				"stop", number);
		this.client.prompt("question").call().content();
		this.client.prompt("question").call().entity(Town.class);
		this.client.prompt("question").call().entity(River.class);
		this.client.prompt("question")
			.advisors(AdvisorParams.ENABLE_NATIVE_STRUCTURED_OUTPUT)
			.call()
			.entity(River.class);
		assertThat(this.model.calls()).isEqualTo(4);
		assertThat(this.client.prompt("question").call().entity(River.class)).isEqualTo(new River("Rhine", 1233));
		assertThat(this.model.calls()).isEqualTo(4);
	}

	@Test
	void earlierTurnsOfAConversationCount() {
		ChatMemory memory = MessageWindowChatMemory.builder().build();
		ChatClient talk = this.client.mutate()
			.defaultAdvisors(MessageChatMemoryAdvisor.builder(memory).build())
			.build();
		assertThat(turn(talk, "a", "Who wrote Faust?")).isEqualTo(Outcome.MISS);
		assertThat(turn(talk, "a", "When was he born?")).isEqualTo(Outcome.MISS);
		assertThat(turn(talk, "b", "Who wrote Hamlet?")).isEqualTo(Outcome.MISS);
		assertThat(turn(talk, "b", "When was he born?")).isEqualTo(Outcome.MISS);
		assertThat(turn(talk, "c", "Who wrote Faust?")).isEqualTo(Outcome.EXACT);
		assertThat(turn(talk, "c", "When was he born?")).isEqualTo(Outcome.EXACT);
		assertThat(memory.get("c")).extracting(Message::getText)
			.containsExactly("Who wrote Faust?", "Answer 1", "When was he born?", "Answer 2");
	}

	@Test
	void memoryBehindTheCacheMakesItBypassed() {
		LlmCacheChatAdvisor first = LlmCacheChatAdvisor.builder(this.cache).order(Ordered.HIGHEST_PRECEDENCE).build();
		ChatClient talk = ChatClient.builder(this.model)
			.defaultAdvisors(first, MessageChatMemoryAdvisor.builder(MessageWindowChatMemory.builder().build()).build())
			.build();
		ChatClientResponse response = talk.prompt("question")
			.advisors((advisors) -> advisors.param(ChatMemory.CONVERSATION_ID, "a"))
			.call()
			.chatClientResponse();
		assertThat(answer(response).reason()).isEqualTo("later-memory");
	}

	@Test
	void whatAnEarlierAdvisorAddsCountsAndItsParametersDoNot() {
		ChatClient adding = this.client.mutate().defaultAdvisors(new Adding(0)).build();
		assertThat(outcome(adding.prompt("question").advisors(language("de")))).isEqualTo(Outcome.MISS);
		assertThat(outcome(adding.prompt("question").advisors(language("en")))).isEqualTo(Outcome.MISS);
		assertThat(outcome(adding.prompt("question")
			.advisors(language("en").andThen((advisors) -> advisors.param("unused", "value")))))
			.isEqualTo(Outcome.EXACT);
	}

	@Test
	void parametersCountIfAnAdvisorBehindTheCacheMayReadThem() {
		LlmCacheChatAdvisor first = LlmCacheChatAdvisor.builder(this.cache).order(0).build();
		ChatClient adding = ChatClient.builder(this.model).defaultAdvisors(first, new Adding(1)).build();
		assertThat(outcome(adding.prompt("question").advisors(language("de")))).isEqualTo(Outcome.MISS);
		assertThat(outcome(adding.prompt("question").advisors(language("en")))).isEqualTo(Outcome.MISS);
		assertThat(outcome(adding.prompt("question").advisors(language("en")))).isEqualTo(Outcome.EXACT);
		assertThat(this.model.prompts.get(1).getSystemMessage().getText()).isEqualTo("Speak en");
		ChatClient plain = ChatClient.builder(this.model).defaultAdvisors(first).build();
		assertThat(outcome(plain.prompt("question").advisors(language("en")))).isEqualTo(Outcome.MISS);
	}

	/**
	 * Each of the requests is a miss at first and a hit later.
	 */
	@SafeVarargs
	private void assertAllDiffer(UnaryOperator<ChatClient.ChatClientRequestSpec>... requests) {
		for (UnaryOperator<ChatClient.ChatClientRequestSpec> request : requests) {
			assertThat(outcome(request.apply(question()))).isEqualTo(Outcome.MISS);
		}
		for (UnaryOperator<ChatClient.ChatClientRequestSpec> request : requests) {
			assertThat(outcome(request.apply(question()))).isEqualTo(Outcome.EXACT);
		}
		assertThat(this.model.calls()).isEqualTo(requests.length);
	}

	private ChatClient.ChatClientRequestSpec question() {
		return this.client.prompt().user("question");
	}

	private void assertServedAgain(ChatClient.ChatClientRequestSpec request) {
		assertThat(outcome(request)).isEqualTo(Outcome.MISS);
		assertThat(outcome(request)).isEqualTo(Outcome.EXACT);
	}

	private static Outcome turn(ChatClient client, String conversation, String text) {
		return outcome(client.prompt()
			.user(text)
			.advisors((advisors) -> advisors.param(ChatMemory.CONVERSATION_ID, conversation)));
	}

	private static UnaryOperator<ChatClient.ChatClientRequestSpec> messages(Message... messages) {
		return (request) -> request.messages(messages);
	}

	private static UnaryOperator<ChatClient.ChatClientRequestSpec> options(
			Function<ChatOptions.Builder<?>, ChatOptions.Builder<?>> change) {
		return (request) -> request.options(change.apply(ChatOptions.builder()));
	}

	private static UnaryOperator<ChatClient.ChatClientRequestSpec> tools(ToolCallback... tools) {
		return (request) -> request.tools((Object[]) tools);
	}

	private static ToolCallback tool(String name, String description, Class<?> inputType) {
		return FunctionToolCallback.builder(name, (Object input) -> "sunny")
			.description(description)
			.inputType(inputType)
			.build();
	}

	private static Consumer<ChatClient.AdvisorSpec> language(String language) {
		return (advisors) -> advisors.param("language", language);
	}

	record Town(String name) {

	}

	record River(String name, int length) {

	}

	/**
	 * Options of a provider, which have more than those of Spring AI.
	 */
	private static final class ProviderOptions extends DefaultChatOptions {

		private final Object seed;

		private final String apiKey;

		ProviderOptions(String model, Object seed, String apiKey) {
			super(model, null, null, null, null, null, null, null);
			this.seed = seed;
			this.apiKey = apiKey;
		}

		@Override
		public ChatOptions.Builder<?> mutate() {
			return new ProviderOptionsBuilder(() -> new ProviderOptions(getModel(), this.seed, this.apiKey));
		}

	}

	/**
	 * Adds what a parameter says to the system text.
	 */
	private record Adding(int order) implements BaseAdvisor {

		@Override
		public ChatClientRequest before(ChatClientRequest request, AdvisorChain chain) {
			Object language = request.context().get("language");
			return request.mutate().prompt(request.prompt().augmentSystemMessage("Speak " + language)).build();
		}

		@Override
		public ChatClientResponse after(ChatClientResponse response, AdvisorChain chain) {
			return response;
		}

		@Override
		public int getOrder() {
			return this.order;
		}

	}

}
