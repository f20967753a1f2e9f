package io.github.llmcache.sample.web;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

/**
 * Tests for {@link AssistantController} and all that is behind it.
 */
@SpringBootTest({ "sample.models.swift.latency=1ms", "sample.models.swift.tokens-per-second=1000000",
		"sample.models.sage.latency=1ms", "sample.models.sage.tokens-per-second=1000000" })
@AutoConfigureMockMvc
class AssistantControllerTests {

	@Autowired
	private MockMvcTester mvc;

	@BeforeEach
	void emptyCache() {
		assertThat(this.mvc.delete().uri("/actuator/llmcache?all=true")).hasStatusOk();
	}

	@Test
	void sameQuestionIsAnsweredFromTheCache() {
		assertThat(ask("support", "How do I turn on dark mode?")).hasStatusOk()
			.bodyJson()
			.isLenientlyEqualTo("{\"outcome\": \"miss\", \"model\": \"swift\", \"saved\": 0.0}");
		MvcTestResult again = ask("support", "How do I turn on dark mode?");
		assertThat(again).bodyJson().isLenientlyEqualTo("{\"outcome\": \"exact\", \"cost\": 0.0}");
		assertThat(again).bodyJson().extractingPath("$.answer").asString().contains("Theme to Dark");
		assertThat(again).bodyJson().extractingPath("$.saved").asNumber().isNotEqualTo(0.0);
	}

	@Test
	void otherWordingIsAnsweredFromTheCacheAndNamesTheWordingItMatched() {
		ask("support", "How do I turn on dark mode?");
		MvcTestResult reworded = ask("support", "How can I turn on dark mode?");
		assertThat(reworded).bodyJson()
			.isLenientlyEqualTo("{\"outcome\": \"semantic\", \"matchedPrompt\": \"How do I turn on dark mode?\"}");
		assertThat(reworded).bodyJson().extractingPath("$.similarity").asNumber().satisfies((similarity) -> {
			assertThat(similarity.doubleValue()).isBetween(0.7, 1.0);
		});
	}

	@Test
	void headersTellWhatTheCacheDid() {
		assertThat(ask("support", "How do I turn on dark mode?")).headers()
			.hasValue("Cache-Status", "llm-cache; fwd=miss")
			.doesNotContainHeader("Age");
		assertThat(ask("support", "How do I turn on dark mode?")).headers()
			.hasHeaderSatisfying("Cache-Status",
					(values) -> assertThat(values).singleElement(STRING)
						.matches("llm-cache; hit; key=\"[0-9a-f]{64}\""))
			.hasValue("Age", 0);
		assertThat(ask("support", "How can I turn on dark mode?")).headers()
			.hasHeaderSatisfying("Cache-Status", (values) -> assertThat(values).singleElement(STRING)
				.matches("llm-cache; hit; detail=semantic; key=\"[0-9a-f]{64}\""));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "no-cache|miss", "no-store|bypass", "no-cache, no-store|bypass",
			"max-age=60|exact", "max-age=60, no-cache|miss", "private|exact" })
	void requestSaysWhatItWantsOfTheCache(String cacheControl, String outcome) {
		ask("support", "How do I turn on dark mode?");
		assertThat(ask("support", "How do I turn on dark mode?", cacheControl)).bodyJson()
			.isLenientlyEqualTo("{\"outcome\": \"" + outcome + "\"}");
		assertThat(ask("support", "How do I turn on dark mode?")).bodyJson()
			.isLenientlyEqualTo("{\"outcome\": \"exact\"}");
	}

	@Test
	void ageThatIsNoNumberIsABadRequest() {
		assertThat(ask("support", "How do I turn on dark mode?", "max-age=soon")).hasStatus(400)
			.bodyJson()
			.extractingPath("$.detail")
			.asString()
			.contains("max-age=soon");
	}

	@Test
	void oppositeQuestionIsNot() {
		ask("support", "How do I turn on dark mode?");
		assertThat(ask("support", "How do I turn off dark mode?")).bodyJson()
			.isLenientlyEqualTo("{\"outcome\": \"miss\"}");
	}

	@Test
	void codeIsMatchedExactlyOnlyAndGoesToTheLargeModel() {
		ask("code", "Reverse a string in Java");
		assertThat(ask("code", "Please reverse a string in Java")).bodyJson()
			.isLenientlyEqualTo("{\"outcome\": \"miss\", \"model\": \"sage\"}");
	}

	@Test
	void answersOfTasksAndTenantsAreKeptApart() {
		ask("support", "What is a partition?");
		assertThat(ask("knowledge", "What is a partition?")).bodyJson().isLenientlyEqualTo("{\"outcome\": \"miss\"}");
		assertThat(post("{\"task\": \"support\", \"prompt\": \"What is a partition?\", \"tenant\": \"acme\"}"))
			.bodyJson()
			.isLenientlyEqualTo("{\"outcome\": \"miss\"}");
	}

	@Test
	void taskIsEvictedAlone() {
		ask("support", "What is a partition?");
		ask("knowledge", "What is a partition?");
		assertThat(this.mvc.delete().uri("/actuator/llmcache?task=support")).bodyJson()
			.isLenientlyEqualTo("{\"removed\": 1}");
		assertThat(ask("support", "What is a partition?")).bodyJson().isLenientlyEqualTo("{\"outcome\": \"miss\"}");
		assertThat(ask("knowledge", "What is a partition?")).bodyJson().isLenientlyEqualTo("{\"outcome\": \"exact\"}");
	}

	@Test
	void statsCountWhatHappened() {
		int before = requests();
		ask("code", "one");
		ask("code", "one");
		assertThat(requests()).isEqualTo(before + 2);
		assertThat(this.mvc.get().uri("/api/stats")).bodyJson()
			.hasPath("$.hitRate")
			.hasPath("$.outcomes.exact")
			.hasPath("$.outcomes.semantic")
			.hasPath("$.outcomes.miss")
			.hasPath("$.outcomes.bypass")
			.hasPath("$.modelCalls")
			.hasPath("$.timeSavedSeconds")
			.hasPath("$.moneySpent")
			.hasPath("$.moneySaved");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			{"prompt": "x"}                       | The task is missing. Send one of support, knowledge, code.
			{"task": "poems", "prompt": "x"}      | There is no such task. Send one of support, knowledge, code.
			{"task": "code"}                      | The prompt is missing. Send a field 'prompt' with some text.
			{"task": "code", "prompt": " "}       | The prompt is missing. Send a field 'prompt' with some text.
			{"task"                               | Failed to read request
			""")
	void badRequestIsToldWhatToSend(String body, String problem) {
		MvcTestResult result = post(body);
		assertThat(result).hasStatus(400).hasContentTypeCompatibleWith(MediaType.APPLICATION_PROBLEM_JSON);
		assertThat(result).bodyJson().extractingPath("$.detail").isEqualTo(problem);
	}

	@Test
	void promptThatIsTooLongIsABadRequest() {
		assertThat(ask("code", "x".repeat(AskRequest.MAX_PROMPT + 1))).hasStatus(400);
	}

	@Test
	void evictionIsTheActuatorsAndNobodyElses() {
		ask("support", "What is a partition?");
		assertThat(this.mvc.delete().uri("/api/cache")).hasStatus(404);
		assertThat(ask("support", "What is a partition?")).bodyJson().isLenientlyEqualTo("{\"outcome\": \"exact\"}");
	}

	@Test
	void pageIsServedWithAPolicyThatAllowsItsOwnFilesOnly() {
		assertThat(this.mvc.get().uri("/index.html")).hasStatusOk()
			.hasHeader("Content-Security-Policy", SecurityHeadersFilter.CONTENT_SECURITY_POLICY)
			.hasHeader("X-Content-Type-Options", "nosniff")
			.bodyText()
			.contains("LlmCache");
	}

	private MvcTestResult ask(String task, String prompt) {
		return post(question(task, prompt));
	}

	private MvcTestResult ask(String task, String prompt, String cacheControl) {
		return this.mvc.post()
			.uri("/api/ask")
			.header("Cache-Control", cacheControl)
			.contentType(MediaType.APPLICATION_JSON)
			.content(question(task, prompt))
			.exchange();
	}

	private static String question(String task, String prompt) {
		return "{\"task\": \"%s\", \"prompt\": \"%s\"}".formatted(task, prompt);
	}

	private MvcTestResult post(String body) {
		return this.mvc.post().uri("/api/ask").contentType(MediaType.APPLICATION_JSON).content(body).exchange();
	}

	private int requests() {
		Integer[] requests = new Integer[1];
		assertThat(this.mvc.get().uri("/api/stats")).bodyJson()
			.extractingPath("$.requests")
			.asNumber()
			.satisfies((number) -> requests[0] = number.intValue());
		return requests[0];
	}

}
