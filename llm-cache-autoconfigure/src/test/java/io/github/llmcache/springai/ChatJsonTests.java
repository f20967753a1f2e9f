package io.github.llmcache.springai;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.ai.chat.client.AdvisorParams;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.ChatClient.ChatClientRequestSpec;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.DefaultChatOptions;
import org.springframework.ai.converter.BeanOutputConverter;
import org.springframework.ai.converter.ListOutputConverter;
import org.springframework.ai.converter.MapOutputConverter;
import org.springframework.ai.model.tool.StructuredOutputChatOptions;
import reactor.core.publisher.Flux;

import org.springframework.core.convert.converter.Converter;

import io.github.llmcache.answer.Outcome;
import io.github.llmcache.core.TestCaches;
import io.github.llmcache.embedding.AngleEmbedder;
import io.github.llmcache.event.StoreEvent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What was asked for as JSON and is none is neither stored nor served.
 */
class ChatJsonTests extends ChatFixture {

	private static final String TRUNCATED = "{\"name\": \"Bo";

	private static final String WHOLE = "{\"name\": \"Bonn\", \"size\": 1}";

	private static final UnaryOperator<ChatClientRequestSpec> PLAIN = (request) -> request;

	@Test
	void truncatedJsonIsAskedForAgain() {
		answers(TRUNCATED, WHOLE);
		assertThatThrownBy(() -> this.client.prompt("question").call().entity(City.class));
		assertThat(this.client.prompt("question").call().entity(City.class)).isEqualTo(new City("Bonn", 1));
		assertThat(this.client.prompt("question").call().entity(City.class)).isEqualTo(new City("Bonn", 1));
		assertThat(this.model.calls()).isEqualTo(2);
		assertThat(this.events.stores()).extracting(StoreEvent::rejection).containsExactly("not-json", null);
	}

	@ParameterizedTest
	@ValueSource(strings = { "[]", "\"Bonn\"", "{\"name\": \"Bonn\", \"size\": \"large\"}", "{\"name\": \"Bonn\"}" })
	void jsonThatDoesNotFitTheSchemaIsNotStored(String answer) {
		answers(answer, WHOLE);
		try {
			this.client.prompt("question").call().entity(City.class);
		}
		catch (RuntimeException ex) {
			// some converters forgive more than others
		}
		assertThat(this.events.lastStore().rejection()).isEqualTo("schema-violation");
	}

	@ParameterizedTest
	@ValueSource(strings = { WHOLE, "```json\n" + WHOLE + "\n```", "<think>A city?</think>\n" + WHOLE, " " + WHOLE })
	void whatTheConverterCanReadIsStored(String answer) {
		answers(answer);
		for (int i = 0; i < 2; i++) {
			assertThat(this.client.prompt("question").call().entity(City.class)).isEqualTo(new City("Bonn", 1));
		}
		assertThat(this.model.calls()).isOne();
	}

	@Test
	void instructionsInMessagesAreKnown() {
		assertAsksForJson((request) -> request.user("question " + new BeanOutputConverter<>(City.class).getFormat()));
		assertAsksForJson((request) -> request.system(new MapOutputConverter().getFormat()));
	}

	@Test
	void optionsForJsonAreKnown() {
		for (String schema : List.of("{\"type\": \"object\"}", "json")) {
			this.model.options = StructuredOutputChatOptions.builder().model("local").outputSchema(schema).build();
			assertAsksForJson(PLAIN);
		}
		for (Object format : List.of("json", "application/json", Map.of("type", "json_object"),
				new ResponseFormat(ResponseFormat.Type.JSON_OBJECT))) {
			this.model.options = new ProviderOptions(format, null);
			assertAsksForJson(PLAIN);
		}
		this.model.options = new ProviderOptions(null, Map.of("response_format", Map.of("type", "json_schema")));
		assertAsksForJson(PLAIN);
	}

	@Test
	void nativeOutputIsCheckedToo() {
		this.model.options = StructuredOutputChatOptions.builder().model("local").build();
		answers(TRUNCATED, WHOLE);
		for (int i = 0; i < 2; i++) {
			try {
				this.client.prompt("question")
					.advisors(AdvisorParams.ENABLE_NATIVE_STRUCTURED_OUTPUT)
					.call()
					.entity(City.class);
			}
			catch (RuntimeException ex) {
				// the first one
			}
		}
		assertThat(this.events.stores()).extracting(StoreEvent::rejection).containsExactly("not-json", null);
	}

	@Test
	void whatTheConverterOfTheRequestFailsOnIsAskedForAgain() {
		answers("tomorrow", "2026-11-25");
		for (int i = 0; i < 3; i++) {
			this.client.prompt("question")
				.advisors((advisors) -> advisors.param(LlmCacheChatAdvisor.CONVERTER,
						(Converter<String, LocalDate>) LocalDate::parse))
				.call()
				.content();
		}
		assertThat(this.model.calls()).isEqualTo(2);
		assertThat(this.events.stores()).extracting(StoreEvent::rejection).containsExactly("not-convertible", null);
		assertThatIllegalArgumentException().isThrownBy(() -> this.client.prompt("question")
			.advisors((advisors) -> advisors.param(LlmCacheChatAdvisor.CONVERTER, "json"))
			.call()
			.content());
	}

	@Test
	void schemaThatIsElsewhereIsNotFetched() {
		this.model.options = StructuredOutputChatOptions.builder()
			.model("local")
			.outputSchema("{\"$ref\": \"http://localhost:1/city.json\"}")
			.build();
		assertAsksForJson(PLAIN);
		assertThat(this.events.lastStore().rejection()).isNull();
	}

	@Test
	void whatIsNotAskedForAsJsonMayBeAnyText() {
		answers("foo, bar");
		for (int i = 0; i < 2; i++) {
			assertThat(this.client.prompt("question").call().entity(new ListOutputConverter())).containsExactly("foo",
					"bar");
		}
		this.model.options = new ProviderOptions(new ResponseFormat(ResponseFormat.Type.TEXT), Map.of());
		assertThat(outcome(this.client.prompt("What is JSON?"))).isEqualTo(Outcome.MISS);
		assertThat(outcome(this.client.prompt("What is JSON?"))).isEqualTo(Outcome.EXACT);
		assertThat(this.model.calls()).isEqualTo(2);
	}

	@Test
	void streamThatIsNotTheJsonAskedForIsNotStored() {
		this.model.options = new ProviderOptions("json", null);
		this.model.stream = (prompt) -> Flux.just(LocalChatModel.chunk("{\"name\": "), LocalChatModel.chunk("\"Bonn\""),
				LocalChatModel.response((this.model.calls() == 1) ? "" : "}", "stop", 1));
		for (int i = 0; i < 3; i++) {
			this.client.prompt("question").stream().content().blockLast();
		}
		assertThat(this.model.calls()).isEqualTo(2);
		assertThat(this.events.stores()).extracting(StoreEvent::rejection).containsExactly("not-json", null);
	}

	@Test
	void entryOfOthersThatCannotBeConvertedIsRemovedAndTheModelAsked() {
		RecordingStore store = new RecordingStore(TestCaches.store());
		ChatClient sharing = ChatClient.builder(this.model)
			.defaultAdvisors(LlmCacheChatAdvisor
				.builder(TestCaches.builder(store, new AngleEmbedder("angles"), this.events, Runnable::run).build())
				.build())
			.build();
		answers(WHOLE);
		sharing.prompt("question").call().entity(City.class);
		store.change("1}", "1");
		assertThat(sharing.prompt("question").call().entity(City.class)).isEqualTo(new City("Bonn", 1));
		assertThat(sharing.prompt("question").call().entity(City.class)).isEqualTo(new City("Bonn", 1));
		assertThat(this.model.calls()).isEqualTo(2);
	}

	private void assertAsksForJson(UnaryOperator<ChatClientRequestSpec> change) {
		answers(TRUNCATED);
		change.apply(this.client.prompt().user("question")).call().content();
		assertThat(this.events.lastStore().rejection()).isEqualTo("not-json");
		answers("{}", "{}");
		change.apply(this.client.prompt().user("question")).call().content();
		assertThat(this.events.lastStore().rejection()).isNotEqualTo("not-json");
	}

	/**
	 * The last one again and again.
	 */
	private void answers(String... texts) {
		int before = this.model.calls();
		this.model.answer = (prompt, number) -> LocalChatModel
			.response(texts[Math.min(number - before, texts.length) - 1], "stop", number);
	}

	record City(String name, int size) {

	}

	/**
	 * As providers have it.
	 */
	private record ResponseFormat(Type type) {

		enum Type {

			TEXT, JSON_OBJECT

		}

	}

	private static final class ProviderOptions extends DefaultChatOptions {

		private final Object responseFormat;

		private final Map<String, Object> extraBody;

		ProviderOptions(Object responseFormat, Map<String, Object> extraBody) {
			super("local", null, null, null, null, null, null, null);
			this.responseFormat = responseFormat;
			this.extraBody = extraBody;
		}

		@Override
		public ChatOptions.Builder<?> mutate() {
			return new ProviderOptionsBuilder(() -> this);
		}

	}

}
