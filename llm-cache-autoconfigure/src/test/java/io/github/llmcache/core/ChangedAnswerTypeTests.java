package io.github.llmcache.core;

import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.llmcache.answer.CachedAnswer;
import io.github.llmcache.answer.Outcome;
import io.github.llmcache.codec.CompiledTypes;
import io.github.llmcache.event.StoreEvent;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LlmCache}: an answer of another version of its type is a miss, not an
 * exception, and never half read.
 */
class ChangedAnswerTypeTests {

	private static final String OLD = "package answers; public record Answer(String text) { }";

	private static final String NEW = "package answers; public record Answer(String text, java.util.List<String> sources) { }";

	private final CacheFixture fixture = new CacheFixture();

	@TempDir
	private Path directory;

	private LlmCache cache;

	private Object old;

	@BeforeEach
	void storeAnAnswerOfTheOldVersion() throws Exception {
		this.fixture.angles.at(0, "prompt").at(1, "the prompt");
		this.cache = this.fixture.build();
		this.old = CompiledTypes.answer(this.directory, OLD).getConstructor(String.class).newInstance("old");
		assertThat(ask("prompt", this.old).outcome()).isEqualTo(Outcome.MISS);
		assertThat(this.fixture.events.lastStore()).isEqualTo(new StoreEvent("support", null));
	}

	@ParameterizedTest
	@ValueSource(strings = { "prompt", "the prompt" })
	void answerOfTheOldVersionIsAMiss(String prompt) throws Exception {
		Object answer = CompiledTypes.answer(this.directory, NEW)
			.getConstructor(String.class, List.class)
			.newInstance("new", List.of("source"));
		CachedAnswer<Object> first = ask(prompt, answer);
		assertThat(first.outcome()).isEqualTo(Outcome.MISS);
		assertThat(first.value()).isSameAs(answer);
		assertThat(this.fixture.events.failures()).isEmpty();
	}

	@Test
	void bothVersionsKeepTheirAnswers() throws Exception {
		Object answer = CompiledTypes.answer(this.directory, NEW)
			.getConstructor(String.class, List.class)
			.newInstance("new", List.of("source"));
		ask("prompt", answer);
		CachedAnswer<Object> again = ask("prompt", answer);
		assertThat(again.outcome()).isEqualTo(Outcome.EXACT);
		assertThat(again.value()).isEqualTo(answer);
		assertThat(ask("prompt", this.old).value()).isEqualTo(this.old);
		assertThat(this.fixture.entryCount()).isEqualTo(2);
		assertThat(this.fixture.events.failures()).isEmpty();
	}

	@Test
	void answerOfTheSameVersionIsServedWhoeverLoadedIt() throws Exception {
		Class<?> reloaded = CompiledTypes.answer(this.directory, OLD);
		Object answer = reloaded.getConstructor(String.class).newInstance("not asked for");
		for (String prompt : List.of("prompt", "the prompt")) {
			CachedAnswer<Object> hit = ask(prompt, answer);
			assertThat(hit.isHit()).isTrue();
			assertThat(hit.value()).isInstanceOf(reloaded).hasToString("Answer[text=old]");
		}
	}

	private CachedAnswer<Object> ask(String prompt, Object answer) {
		return this.cache.get(CacheRequest.forTask("support", (Type) answer.getClass()).prompt(prompt).build(),
				() -> answer);
	}

}
