package io.github.llmcache.readme;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.ai.chat.client.ChatClientResponse;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.github.llmcache.answer.CachedAnswer;
import io.github.llmcache.answer.Outcome;
import io.github.llmcache.core.LlmCache;
import io.github.llmcache.springai.LlmCacheChatAdvisor;
import io.github.llmcache.store.EvictionSelector;
import io.github.llmcache.test.MutableClock;
import io.github.llmcache.test.RecordingListener;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the README and the documents beside it show is in the classes of this package,
 * word for word, and works.
 */
@SpringBootTest(properties = "llm-cache.store=memory")
@ExtendWith(OutputCaptureExtension.class)
class ReadmeTests {

	private static final List<Path> SNIPPETS = List.of(Path.of("src/test/java/io/github/llmcache/readme"),
			Path.of("src/test/java/com/example"),
			Path.of("../llm-cache-test/src/test/java/io/github/llmcache/test/application"),
			Path.of("../llm-cache-kotlin-tests/src/test/kotlin/io/github/llmcache/kotlin"));

	private static final String PROMPT = "How do I turn on dark mode?";

	private static final String REWORDED = "how can i turn dark mode on";

	@Autowired
	private LlmCache cache;

	@Autowired
	private ModelClient client;

	@Autowired
	private SupportService supportService;

	@Autowired
	private Assistant assistant;

	@Autowired
	private MigratedAssistant migrated;

	@Autowired
	private EngineSnippets engine;

	@Autowired
	private ChatClientSnippets chatClient;

	@Autowired
	private MutableClock clock;

	@Autowired
	private RecordingListener events;

	@BeforeEach
	void reset() {
		this.cache.evict(EvictionSelector.all());
		this.client.calls.set(0);
		this.client.broken = false;
	}

	@Test
	void everySnippetIsCompiled() throws IOException {
		String sources = sources();
		int snippets = 0;
		for (Path document : Documents.ofUsers()) {
			for (String language : List.of("java", "kotlin")) {
				for (String snippet : Documents.blocks(document, language)) {
					snippets++;
					assertThat(sources.contains(bare(snippet))).as(document + ":\n" + snippet).isTrue();
				}
			}
		}
		assertThat(snippets).isGreaterThan(30);
	}

	@Test
	void threeSteps() {
		String first = this.supportService.ask(PROMPT, "small", "a").text();
		assertThat(this.supportService.ask(REWORDED, "small", "a").text()).isEqualTo(first);
		assertThat(this.supportService.ask(PROMPT, "small", "b").text()).isNotEqualTo(first);
		this.supportService.knowledgeBaseChanged("a");
		assertThat(this.supportService.ask(PROMPT, "small", "a").text()).isNotEqualTo(first);
		assertThat(this.assistant.ask(PROMPT, "small")).isEqualTo(this.assistant.ask(REWORDED, "small"));
	}

	@Test
	void answerThatIsMarkedWrongIsGone() {
		this.engine.get(PROMPT, "small");
		this.engine.wrong(this.engine.get(PROMPT, "small"), PROMPT);
		assertThat(this.engine.get(PROMPT, "small").outcome()).isEqualTo(Outcome.MISS);
	}

	@Test
	void futuresAndStreams() {
		List<String> tokens = this.assistant.stream(PROMPT, "small").collectList().block();
		assertThat(this.assistant.stream(REWORDED, "small").collectList().block()).isEqualTo(tokens).hasSize(3);
		assertThat(this.assistant.askAsync(PROMPT, "small").join())
			.isEqualTo(this.assistant.askAsync(REWORDED, "small").join());
		assertThat(this.assistant.askReactive(PROMPT, "small").block().outcome()).isEqualTo(Outcome.EXACT);
		assertThat(this.client.calls).hasValue(2);
	}

	@Test
	void callsWithoutAMethodToAnnotate() {
		assertThat(this.engine.get(PROMPT, "small").outcome()).isEqualTo(Outcome.MISS);
		assertThat(this.engine.get(REWORDED, "small").outcome()).isEqualTo(Outcome.SEMANTIC);
		this.engine.getAsync(PROMPT, "small").join();
		assertThat(this.engine.getAsync(PROMPT, "small").join().outcome()).isEqualTo(Outcome.EXACT);
		this.engine.flux(PROMPT, "small").blockLast();
		assertThat(this.engine.flux(PROMPT, "small").collectList().block()).hasSize(3)
			.extracting(CachedAnswer::outcome)
			.containsOnly(Outcome.EXACT);
	}

	@Test
	void singleCallsCanBeRefreshed() {
		String first = this.supportService.ask(PROMPT, "small", "a").text();
		String refreshed = this.engine.refresh(PROMPT, "small", "a").text();
		assertThat(refreshed).isNotEqualTo(first);
		assertThat(this.supportService.ask(PROMPT, "small", "a").text()).isEqualTo(refreshed);
		this.assistant.askReactive(PROMPT, "small").block();
		assertThat(this.engine.refreshReactive(PROMPT, "small").block().outcome()).isEqualTo(Outcome.MISS);
	}

	@Test
	void oldAnswersAreServedByChoice() throws IOException {
		String first = this.assistant.priceList(PROMPT);
		this.clock.advance(Duration.ofHours(2));
		this.client.broken = true;
		assertThat(this.assistant.priceList(PROMPT)).isEqualTo(first);
		assertThat(this.events.lastLookup().outcome()).isEqualTo(Outcome.STALE);
	}

	@Test
	void answerThatWasCutOffIsNotStored() {
		this.assistant.reply(PROMPT);
		assertThat(this.events.lastStore().rejection()).isEqualTo("incomplete");
	}

	@Test
	void whyThereWasNoHit() {
		this.assistant.ask(PROMPT, "small");
		assertThat(this.engine.explain("How do I turn off dark mode?", "small").candidates()).singleElement()
			.satisfies((candidate) -> assertThat(candidate.verdict().reason()).isEqualTo("antonym"));
	}

	@Test
	void migratedMethodsAreCachedAndEvicted() {
		String first = this.migrated.ask(PROMPT, "small");
		assertThat(this.migrated.ask(PROMPT, "small")).isEqualTo(first);
		assertThat(this.migrated.ask(PROMPT, "large")).isNotEqualTo(first);
		this.migrated.knowledgeBaseChanged();
		assertThat(this.migrated.ask(PROMPT, "small")).isNotEqualTo(first);
	}

	@Test
	void hitsAreSeen(CapturedOutput output) {
		this.supportService.ask(PROMPT, "small", "a");
		this.supportService.ask(REWORDED, "small", "a");
		assertThat(output).contains("support-answer: MISS, similarity null")
			.contains("support-answer: SEMANTIC, similarity 0.97");
	}

	@Test
	void chatClient() {
		ChatClientResponse first = this.chatClient.ask(PROMPT, "a");
		ChatClientResponse second = this.chatClient.ask(PROMPT, "a");
		assertThat(second.context().get(LlmCacheChatAdvisor.OUTCOME)).isEqualTo(Outcome.EXACT);
		assertThat(second.chatResponse().getResult().getOutput().getText())
			.isEqualTo(first.chatResponse().getResult().getOutput().getText());
	}

	private static String sources() throws IOException {
		StringBuilder all = new StringBuilder();
		for (Path directory : SNIPPETS) {
			try (Stream<Path> files = Files.list(directory)) {
				for (Path file : files.sorted().toList()) {
					all.append(bare(Files.readString(file)));
				}
			}
		}
		return all.toString();
	}

	/**
	 * Without comments and white space.
	 */
	private static String bare(String source) {
		return source.replaceAll("//.*", "").replaceAll("\\s+", "");
	}

}
