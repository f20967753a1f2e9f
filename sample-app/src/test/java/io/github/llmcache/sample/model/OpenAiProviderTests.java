package io.github.llmcache.sample.model;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.skyscreamer.jsonassert.JSONAssert;

import io.github.llmcache.answer.AdmissionPolicy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

/**
 * Tests for {@link OpenAiProvider} against a server of the test.
 */
class OpenAiProviderTests {

	private static final ModelSettings SETTINGS = new ModelSettings("gpt-4o", Duration.ZERO, 1, 2, 10);

	private HttpServer server;

	private int status = 200;

	private String response = """
			{"id": "1", "choices": [{"index": 0, "message": {"role": "assistant", "content": "Canberra."},
			"finish_reason": "stop"}], "usage": {"prompt_tokens": 7, "completion_tokens": 3, "total_tokens": 10}}""";

	private @Nullable String path;

	private @Nullable String authorization;

	private Map<String, List<String>> headers = Map.of();

	private String request = "";

	@BeforeEach
	void startServer() throws IOException {
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.server.createContext("/", this::handle);
		this.server.start();
	}

	@AfterEach
	void stopServer() {
		this.server.stop(0);
	}

	@Test
	void promptIsSentAsOpenAiWantsIt() throws Exception {
		model("secret").ask("What is the \"capital\"?");
		assertThat(this.path).isEqualTo("/v1/chat/completions");
		assertThat(this.authorization).isEqualTo("Bearer secret");
		JSONAssert.assertEquals("""
				{"model": "gpt-4o", "messages": [{"role": "user", "content": "What is the \\"capital\\"?"}]}""",
				this.request, true);
	}

	@Test
	void requestsHaveALengthAndAskForNoOtherProtocol() {
		model(null).ask("Wo liegt K\u00f6ln?");
		assertThat(this.headers).containsEntry("Content-length", List.of(length()))
			.doesNotContainKeys("Transfer-encoding", "Upgrade");
		this.response = "data: {\"choices\": [{\"delta\": {}, \"finish_reason\": \"stop\"}]}\n\ndata: [DONE]\n\n";
		model(null).stream("Wo liegt K\u00f6ln?").blockLast();
		assertThat(this.headers).containsEntry("Content-length", List.of(length()))
			.doesNotContainKeys("Transfer-encoding", "Upgrade");
	}

	private String length() {
		return Integer.toString(this.request.getBytes(StandardCharsets.UTF_8).length);
	}

	@ParameterizedTest
	@ValueSource(strings = { "length", "content_filter" })
	void answerThatWasCutOffIsNotComplete(String reason) {
		this.response = this.response.replace("\"stop\"", '"' + reason + '"');
		ModelReply reply = model(null).ask("What is the capital?");
		assertThat(reply.complete()).isFalse();
		assertThat(AdmissionPolicy.standard().rejectionReason("knowledge", reply)).isEqualTo("incomplete");
	}

	@Test
	void answerHasTheTokensOfTheProviderAndThePriceOfTheSettings() {
		ModelReply reply = model(null).ask("What is the capital?");
		assertThat(reply.text()).isEqualTo("Canberra.");
		assertThat(reply.model()).isEqualTo("large");
		assertThat(reply.inputTokens()).isEqualTo(7);
		assertThat(reply.outputTokens()).isEqualTo(3);
		assertThat(reply.cost()).isCloseTo((7 * 2 + 3 * 10) / 1e6, within(1e-12));
		assertThat(reply.latency()).isPositive();
		assertThat(reply.complete()).isTrue();
		assertThat(this.authorization).isNull();
	}

	@Test
	void tokensAreEstimatedIfTheProviderDoesNotTell() {
		this.response = "{\"choices\": [{\"message\": {\"content\": \"Canberra.\"}}]}";
		ModelReply reply = model(null).ask("capital?");
		assertThat(reply.inputTokens()).isEqualTo(2);
		assertThat(reply.outputTokens()).isEqualTo(3);
	}

	@ParameterizedTest
	@CsvSource({ "401, check sample.openai.api-key", "404, check sample.openai.base-url", "429, too many requests",
			"500, HTTP status 500" })
	void errorOfTheProviderIsTold(int failure, String advice) {
		this.status = failure;
		assertThatExceptionOfType(ModelException.class).isThrownBy(() -> model("secret").ask("private"))
			.withMessageContaining(Integer.toString(failure))
			.withMessageContaining(advice)
			.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain("private", "secret"));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			not json                            | cannot be read
			{}                                  | gave no text
			{"choices": []}                     | gave no text
			{"choices": [{}]}                   | gave no text
			{"choices": [{"message": {"content": null}}]} | gave no text
			""")
	void answerWithoutTextIsAnError(String body, String problem) {
		this.response = body;
		assertThatExceptionOfType(ModelException.class).isThrownBy(() -> model(null).ask("x"))
			.withMessageContaining(problem);
	}

	@Test
	void streamedAnswerComesInParts() throws Exception {
		this.response = """
				: comment

				data: {"choices": [{"index": 0, "delta": {"role": "assistant", "content": ""}, "finish_reason": null}]}

				data: {"choices": [{"index": 0, "delta": {"content": "Can"}, "finish_reason": null}]}

				data: {"choices": [{"index": 0, "delta": {"content": "berra."}, "finish_reason": null}]}

				data: {"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]}

				data: {"choices": [], "usage": {"prompt_tokens": 7, "completion_tokens": 3, "total_tokens": 10}}

				data: [DONE]

				""";
		List<ReplyPart> parts = model("secret").stream("What is the \"capital\"?").collectList().block();
		assertThat(parts).extracting(ReplyPart::text).containsExactly("Can", "berra.", "");
		ReplyPart.End end = parts.get(2).end();
		assertThat(end.inputTokens()).isEqualTo(7);
		assertThat(end.cost()).isCloseTo((7 * 2 + 3 * 10) / 1e6, within(1e-12));
		assertThat(parts).allMatch(ReplyPart::complete);
		assertThat(this.authorization).isEqualTo("Bearer secret");
		JSONAssert.assertEquals("""
				{"model": "gpt-4o", "stream": true, "stream_options": {"include_usage": true},
				"messages": [{"role": "user", "content": "What is the \\"capital\\"?"}]}""", this.request, true);
	}

	@Test
	void streamedAnswerThatWasCutOffIsNotComplete() {
		this.response = """
				data: {"choices": [{"delta": {"content": "Can"}, "finish_reason": "length"}]}

				data: [DONE]

				""";
		List<ReplyPart> parts = model(null).stream("x").collectList().block();
		assertThat(AdmissionPolicy.standard().rejectionReason("knowledge", parts)).isEqualTo("incomplete");
		assertThat(parts.get(1).end().outputTokens()).isEqualTo(1);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "data: {\"choices\": [{\"delta\": {\"content\": \"Can\"}}]}|broke off",
			"data: nonsense|cannot be read" })
	void streamedAnswerThatBreaksOffIsAnError(String line, String problem) {
		this.response = line + "\n\n";
		assertThatExceptionOfType(ModelException.class).isThrownBy(() -> model(null).stream("x").blockLast())
			.withMessageContaining(problem);
	}

	@Test
	void errorOfTheProviderIsToldForAStream() {
		this.status = 429;
		assertThatExceptionOfType(ModelException.class).isThrownBy(() -> model("secret").stream("private").blockLast())
			.withMessage("Model gpt-4o answered with HTTP status 429: too many requests");
		this.server.stop(0);
		assertThatExceptionOfType(ModelException.class).isThrownBy(() -> model(null).stream("x").blockLast())
			.withMessage("Model gpt-4o cannot be reached at " + address());
	}

	@Test
	void serverThatIsNotThereIsAnError() {
		this.server.stop(0);
		assertThatExceptionOfType(ModelException.class).isThrownBy(() -> model(null).ask("x"))
			.withMessage("Model gpt-4o cannot be reached at " + address());
	}

	private LanguageModel model(@Nullable String apiKey) {
		return new OpenAiProvider(new OpenAiProperties(address(), apiKey, Duration.ofSeconds(5), Duration.ofSeconds(5)))
			.create("large", SETTINGS);
	}

	private URI address() {
		return URI.create("http://localhost:" + this.server.getAddress().getPort());
	}

	private void handle(HttpExchange exchange) throws IOException {
		this.path = exchange.getRequestURI().getPath();
		this.headers = Map.copyOf(exchange.getRequestHeaders());
		this.authorization = exchange.getRequestHeaders().getFirst("Authorization");
		this.request = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
		byte[] body = this.response.getBytes(StandardCharsets.UTF_8);
		exchange.getResponseHeaders().add("Content-Type", "application/json");
		exchange.sendResponseHeaders(this.status, body.length);
		exchange.getResponseBody().write(body);
		exchange.close();
	}

}
