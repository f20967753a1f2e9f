package io.github.llmcache.springai;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.ChatClientRequest;
import org.springframework.ai.chat.client.ChatClientResponse;
import org.springframework.ai.chat.client.advisor.api.CallAdvisor;
import org.springframework.ai.chat.client.advisor.api.CallAdvisorChain;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.content.Media;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import org.springframework.ai.tool.function.FunctionToolCallback;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.Ordered;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.util.MimeTypeUtils;

import io.github.llmcache.answer.CachedAnswer;
import io.github.llmcache.answer.Outcome;
import io.github.llmcache.answer.TokenUsage;
import io.github.llmcache.codec.JacksonPayloadCodec;
import io.github.llmcache.core.CallControl;
import io.github.llmcache.core.LlmCache;
import io.github.llmcache.core.LlmCacheBuilder;
import io.github.llmcache.event.LookupEvent;
import io.github.llmcache.event.StoreEvent;
import io.github.llmcache.key.DigestPromptKeyGenerator;
import io.github.llmcache.store.CacheStore;
import io.github.llmcache.store.EvictionSelector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link LlmCacheChatAdvisor} and calls.
 */
class LlmCacheChatAdvisorTests extends ChatFixture {

	@Test
	void repeatedQuestionIsServedWithAllThatBelongsToTheAnswer() {
		ChatClientResponse first = this.client.prompt("question").call().chatClientResponse();
		ChatClientResponse second = this.client.prompt("question").call().chatClientResponse();
		assertThat(this.model.calls()).isOne();
		assertThat(outcome(first)).isEqualTo(Outcome.MISS);
		assertThat(outcome(second)).isEqualTo(Outcome.EXACT);
		ChatResponse hit = second.chatResponse();
		assertThat(hit).isNotSameAs(first.chatResponse()).isNotNull();
		assertThat(hit.getResults()).isEqualTo(first.chatResponse().getResults());
		assertThat(hit.getResult().getOutput().getText()).isEqualTo("Answer 1");
		assertThat(hit.getResult().getMetadata().getFinishReason()).isEqualTo("stop");
		assertThat(hit.getMetadata().getId()).isEqualTo("id-1");
		assertThat(hit.getMetadata().getModel()).isEqualTo("local-2026");
		assertThat(hit.getMetadata().getUsage()).isEqualTo(first.chatResponse().getMetadata().getUsage());
		assertThat(hit.getMetadata().getUsage().getTotalTokens()).isEqualTo(13);
		assertThat((Long) hit.getMetadata().get("created")).isEqualTo(1_760_000_001L);
	}

	@Test
	void hitsSaveTheTokensThatTheProviderHasReported() {
		this.client.prompt("question").call().content();
		this.client.prompt("question").call().content();
		assertThat(this.events.lookups()).extracting(LookupEvent::tokensSaved)
			.containsExactly(null, TokenUsage.reported(7, 5));
		assertThat(this.events.lookups()).extracting(LookupEvent::model).containsOnly("local");
	}

	@Test
	void tokensAreEstimatedWhereTheProviderReportsNone() {
		this.model.answer = (prompt, number) -> LocalChatModel.chunk("12345678");
		this.client.prompt("question").call().content();
		this.client.prompt("question").call().content();
		assertThat(this.events.lookups()).extracting(LookupEvent::tokensSaved)
			.containsExactly(null, new TokenUsage(2, 2, true));
	}

	@Test
	void otherWordingIsServedIfTheAdvisorIsSemantic() {
		ChatClient semanticClient = ChatClient.builder(this.model).defaultAdvisors(this.semantic).build();
		semanticClient.prompt("question").call().content();
		ChatClientResponse response = semanticClient.prompt("other wording").call().chatClientResponse();
		assertThat(response.chatResponse().getResult().getOutput().getText()).isEqualTo("Answer 1");
		assertThat(outcome(response)).isEqualTo(Outcome.SEMANTIC);
		assertThat(answer(response).similarity()).isGreaterThan(0.99);
		assertThat(answer(response).matchedPrompt()).isEqualTo("question");
		assertThat(answer(response).value()).isNull();
		assertThat(outcome(semanticClient.prompt("unlike"))).isEqualTo(Outcome.MISS);
	}

	@Test
	void neitherSameNorOtherWordingIsServedUnderAnotherSystemText() {
		ChatClient semanticClient = ChatClient.builder(this.model).defaultAdvisors(this.semantic).build();
		semanticClient.prompt("question").system("Answer in one word.").call().content();
		assertThat(outcome(semanticClient.prompt("question"))).isEqualTo(Outcome.MISS);
		assertThat(outcome(semanticClient.prompt("other wording").system("Answer at length."))).isEqualTo(Outcome.MISS);
		assertThat(outcome(semanticClient.prompt("other wording").system("Answer in one word.")))
			.isEqualTo(Outcome.SEMANTIC);
	}

	@Test
	void missIsTheResponseOfTheModelItself() {
		AssistantMessage.ToolCall toolCall = new AssistantMessage.ToolCall("1", "function", "weather", "{}");
		this.model.answer = (prompt, number) -> new ChatResponse(
				List.of(new Generation(AssistantMessage.builder().toolCalls(List.of(toolCall)).build())));
		ChatResponse response = this.client.prompt("question").call().chatResponse();
		assertThat(response.getResult().getOutput().getToolCalls()).containsExactly(toolCall);
	}

	@Test
	void answerThatIsCutOffOrFilteredIsNotStored() {
		for (String reason : List.of("length", "LENGTH", "max_tokens", "MAX_TOKENS", "content_filter", "SAFETY",
				"refusal", "RECITATION", "model_length", "guardrail_intervened", "returnDirect", "made up")) {
			this.model.answer = (prompt, number) -> LocalChatModel.response("Some", reason, number);
			assertNeverStored(this.client.prompt("question"), "incomplete");
		}
	}

	@Test
	void answerThatEndedIsStored() {
		for (String reason : List.of("stop", "STOP", "end_turn", "stop_sequence", "COMPLETE")) {
			this.model.answer = (prompt, number) -> LocalChatModel.response("All", reason, number);
			this.client.prompt(reason).call().content();
			assertThat(outcome(this.client.prompt(reason))).isEqualTo(Outcome.EXACT);
		}
		this.model.answer = (prompt, number) -> LocalChatModel.chunk("No reason");
		this.client.prompt("question").call().content();
		assertThat(outcome(this.client.prompt("question"))).isEqualTo(Outcome.EXACT);
	}

	@Test
	void answerWithoutTextIsNotStored() {
		this.model.answer = (prompt, number) -> LocalChatModel.response(" ", "stop", number);
		assertNeverStored(this.client.prompt("question"), "unless");
		this.model.answer = (prompt, number) -> new ChatResponse(List.of());
		assertNeverStored(this.client.prompt("question"), "unless");
	}

	@Test
	void answerWithMediaIsNotStored() {
		this.model.answer = (prompt, number) -> new ChatResponse(
				List.of(new Generation(AssistantMessage.builder().content("Look").media(List.of(image())).build())));
		assertNeverStored(this.client.prompt("question"), "incomplete");
	}

	@Test
	void questionWithMediaBypassesTheCache() {
		ChatClientResponse response = this.client.prompt()
			.user((user) -> user.text("question").media(image()))
			.call()
			.chatClientResponse();
		assertThat(outcome(response)).isEqualTo(Outcome.BYPASS);
		assertThat(answer(response).reason()).isEqualTo("media");
	}

	@Test
	void requestWhoseLastMessageIsNoUsersBypassesTheCache() {
		ChatClientResponse response = this.client.prompt()
			.messages(new UserMessage("question"), new AssistantMessage("Let me"))
			.call()
			.chatClientResponse();
		assertThat(answer(response).reason()).isEqualTo("no-prompt");
	}

	@Test
	void modelWithoutANameBypassesTheCacheUnlessTheAdvisorNamesIt() {
		this.model.options = ChatOptions.builder().build();
		ChatClientResponse response = this.client.prompt("question").call().chatClientResponse();
		assertThat(answer(response).reason()).isEqualTo("unknown-model");
		LlmCacheChatAdvisor naming = LlmCacheChatAdvisor.builder(this.cache).model("mine").build();
		ChatClient namingClient = ChatClient.builder(this.model).defaultAdvisors(naming).build();
		assertThat(outcome(namingClient.prompt("question"))).isEqualTo(Outcome.MISS);
		assertThat(outcome(namingClient.prompt("question"))).isEqualTo(Outcome.EXACT);
	}

	@Test
	void turnsThatCallToolsAreNotCached() {
		this.model.options = ToolCallingChatOptions.builder().model("local").build();
		this.model.answer = (prompt, number) -> (number % 2 == 0) ? LocalChatModel.response("Sunny", "stop", number)
				: new ChatResponse(List.of(new Generation(AssistantMessage.builder()
					.toolCalls(List.of(new AssistantMessage.ToolCall("1", "function", "weather", "{}")))
					.build())));
		for (int i = 1; i <= 2; i++) {
			assertThat(this.client.prompt("question").tools(weather()).call().content()).isEqualTo("Sunny");
			assertThat(this.model.calls()).isEqualTo(2 * i);
		}
		assertThat(this.events.stores()).extracting(StoreEvent::rejection).containsOnly("incomplete");
		assertThat(this.events.lookups()).extracting((event) -> event.reason())
			.containsExactly(null, "no-prompt", null, "no-prompt");
	}

	@Test
	void answerThatToolsContributedToIsCachedIfTheAdvisorComesBefore() {
		this.model.options = ToolCallingChatOptions.builder().model("local").build();
		this.model.answer = (prompt, number) -> (number == 2) ? LocalChatModel.response("Sunny", "stop", number)
				: new ChatResponse(List.of(new Generation(AssistantMessage.builder()
					.toolCalls(List.of(new AssistantMessage.ToolCall("1", "function", "weather", "{}")))
					.build())));
		LlmCacheChatAdvisor first = LlmCacheChatAdvisor.builder(this.cache)
			.order(Ordered.HIGHEST_PRECEDENCE + 250)
			.build();
		ChatClient firstClient = ChatClient.builder(this.model).defaultAdvisors(first).build();
		for (int i = 0; i < 2; i++) {
			assertThat(firstClient.prompt("question").tools(weather()).call().content()).isEqualTo("Sunny");
		}
		assertThat(this.model.calls()).isEqualTo(2);
	}

	@Test
	void exceptionOfTheModelPassesAsItWasThrown() {
		RuntimeException failure = new IllegalStateException("overloaded");
		this.model.answer = (prompt, number) -> {
			throw failure;
		};
		assertThatThrownBy(() -> this.client.prompt("question").call().content()).isSameAs(failure);
		this.model.answer = (prompt, number) -> LocalChatModel.response("Now", "stop", number);
		assertThat(this.client.prompt("question").call().content()).isEqualTo("Now");
	}

	@Test
	void modelAnswersIfTheStoreIsDown() {
		CacheStore store = mock(CacheStore.class);
		given(store.find(any())).willThrow(new IllegalStateException("connection refused"));
		LlmCache down = new LlmCacheBuilder(store, new JacksonPayloadCodec(JsonMapper.builder().build()),
				new DigestPromptKeyGenerator())
			.build();
		ChatClient downClient = ChatClient.builder(this.model)
			.defaultAdvisors(LlmCacheChatAdvisor.builder(down).build())
			.build();
		ChatClientResponse response = downClient.prompt("question").call().chatClientResponse();
		assertThat(response.chatResponse().getResult().getOutput().getText()).isEqualTo("Answer 1");
		assertThat(answer(response).reason()).isEqualTo("store-failure");
	}

	@Test
	void requestNamesTaskAndScope() {
		Map<String, Object> support = Map.of(LlmCacheChatAdvisor.TASK, "support", LlmCacheChatAdvisor.SCOPE, "jane");
		this.client.prompt("question").advisors((advisors) -> advisors.params(support)).call().content();
		assertThat(outcome(this.client.prompt("question"))).isEqualTo(Outcome.MISS);
		assertThat(outcome(this.client.prompt("question")
			.advisors((advisors) -> advisors.params(support).param(LlmCacheChatAdvisor.SCOPE, "joe"))))
			.isEqualTo(Outcome.MISS);
		assertThat(outcome(this.client.prompt("question").advisors((advisors) -> advisors.params(support))))
			.isEqualTo(Outcome.EXACT);
		assertThat(this.events.lookups()).extracting((event) -> event.task())
			.containsExactly("support", "chat", "support", "support");
		assertThat(this.cache.evict(EvictionSelector.all().withTask("support").withScope("jane"))).isOne();
	}

	@Test
	void requestSaysWhetherOtherWordingsCount() {
		this.client.prompt("question")
			.advisors((advisors) -> advisors.param(LlmCacheChatAdvisor.SEMANTIC, true))
			.call()
			.content();
		assertThat(outcome(this.client.prompt("other wording")
			.advisors((advisors) -> advisors.param(LlmCacheChatAdvisor.SEMANTIC, true)))).isEqualTo(Outcome.SEMANTIC);
		assertThat(outcome(this.client.prompt("other wording"))).isEqualTo(Outcome.MISS);
	}

	@Test
	void requestSaysWhatItWantsOfTheCache() {
		this.client.prompt("question").call().content();
		assertThat(this.client.prompt("question")
			.advisors((advisors) -> advisors.param(LlmCacheChatAdvisor.CONTROL, CallControl.refresh()))
			.call()
			.content()).isEqualTo("Answer 2");
		try (CallControl.Scope scope = CallControl.bypass().apply()) {
			assertThat(this.client.prompt("question").call().content()).isEqualTo("Answer 3");
		}
		assertThat(this.client.prompt("question").call().content()).isEqualTo("Answer 2");
	}

	@Test
	void parameterOfAnotherTypeIsRefused() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.client.prompt("question")
				.advisors((advisors) -> advisors.param(LlmCacheChatAdvisor.SCOPE, 7L))
				.call()
				.content())
			.withMessage("The advisor parameter 'llm-cache.scope' must be a String, not a java.lang.Long");
	}

	@Test
	void settingsOfTheAdvisorApply() {
		LlmCacheChatAdvisor never = LlmCacheChatAdvisor.builder(this.cache)
			.task("never")
			.scope("jane")
			.ttl(Duration.ZERO)
			.order(7)
			.build();
		assertThat(never.getOrder()).isEqualTo(7);
		CachedAnswer<?> answer = answer(ChatClient.builder(this.model)
			.defaultAdvisors(never)
			.build()
			.prompt("question")
			.call()
			.chatClientResponse());
		assertThat(answer.reason()).isEqualTo("ttl-zero");
		assertThat(this.events.lastLookup().task()).isEqualTo("never");
		assertThatIllegalArgumentException().isThrownBy(() -> LlmCacheChatAdvisor.builder(this.cache).task(" "));
	}

	@Test
	void entityIsReadFromAHit() {
		this.model.answer = (prompt, number) -> LocalChatModel
			.response("{\"name\": \"Bonn\", \"size\": %d}".formatted(number), "stop", number);
		City city = this.client.prompt("question").call().entity(City.class);
		assertThat(city).isEqualTo(new City("Bonn", 1));
		assertThat(this.client.prompt("question").call().entity(City.class)).isEqualTo(city);
		assertThat(this.model.calls()).isOne();
	}

	@Test
	void advisorThatIsThereTwiceActsOnce() {
		ChatClient twice = this.client.mutate().defaultAdvisors(this.advisor).build();
		twice.prompt("question").call().content();
		assertThat(outcome(twice.prompt("question"))).isEqualTo(Outcome.EXACT);
		assertThat(this.events.lookups()).hasSize(2);
	}

	@Test
	void advisorMayBeCalledByAnother() {
		ChatClient wrapped = ChatClient.builder(this.model).defaultAdvisors(new Delegating(this.advisor)).build();
		wrapped.prompt("question").call().content();
		assertThat(outcome(wrapped.prompt("question"))).isEqualTo(Outcome.EXACT);
	}

	private void assertNeverStored(ChatClient.ChatClientRequestSpec request, String reason) {
		for (int i = 0; i < 2; i++) {
			assertThat(outcome(request)).isEqualTo(Outcome.MISS);
			assertThat(this.events.lastStore().rejection()).isEqualTo(reason);
		}
	}

	private static Media image() {
		return new Media(MimeTypeUtils.IMAGE_PNG, new ByteArrayResource(new byte[] { 1 }));
	}

	private static FunctionToolCallback<?, ?> weather() {
		return FunctionToolCallback.builder("weather", (Place place) -> "sunny")
			.description("Tells the weather")
			.inputType(Place.class)
			.build();
	}

	record Place(String name) {

	}

	record City(String name, int size) {

	}

	private record Delegating(LlmCacheChatAdvisor delegate) implements CallAdvisor {

		@Override
		public ChatClientResponse adviseCall(ChatClientRequest request, CallAdvisorChain chain) {
			return this.delegate.adviseCall(request, chain);
		}

		@Override
		public String getName() {
			return "delegating";
		}

		@Override
		public int getOrder() {
			return 0;
		}

	}

}
