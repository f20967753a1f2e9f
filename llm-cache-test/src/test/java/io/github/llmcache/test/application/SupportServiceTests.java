package io.github.llmcache.test.application;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.bean.override.mockito.MockitoBean;

import io.github.llmcache.answer.Outcome;
import io.github.llmcache.core.LlmCache;
import io.github.llmcache.embedding.TextEmbedder;
import io.github.llmcache.store.CacheStore;
import io.github.llmcache.store.memory.MemoryCacheStore;
import io.github.llmcache.test.DeterministicEmbedder;
import io.github.llmcache.test.MutableClock;
import io.github.llmcache.test.RecordingListener;
import io.github.llmcache.test.autoconfigure.LlmCacheTest;
import io.github.llmcache.verify.ParaphraseModel;

import static io.github.llmcache.test.LlmCacheAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.times;

/**
 * What docs/testing.md shows of the slice.
 */
@LlmCacheTest
class SupportServiceTests {

	@Autowired
	private SupportService supportService;

	@Autowired
	private DeterministicEmbedder embedder;

	@Autowired
	private MutableClock clock;

	@Autowired
	private RecordingListener events;

	@MockitoBean
	private ModelClient client;

	@Test
	void anotherWordingIsAnsweredFromTheCache() {
		this.embedder.same("How do I turn on dark mode?", "Where is the switch for the night theme?");
		given(this.client.answer("How do I turn on dark mode?")).willReturn("Settings, Display.");
		assertThat(this.supportService.ask("How do I turn on dark mode?")).isMiss();
		assertThat(this.supportService.ask("Where is the switch for the night theme?"))
			.isSemanticHitOf("How do I turn on dark mode?")
			.hasValue("Settings, Display.");
		assertThat(this.supportService.ask("How do I turn off dark mode?")).isMiss();
		assertThat(this.events).hasOutcomes(Outcome.MISS, Outcome.SEMANTIC, Outcome.MISS).hasNoFailures();
	}

	@Test
	void answerIsLoadedAgainWhenItsTimeIsOver() {
		given(this.client.answer("What does it cost?")).willReturn("10 EUR", "12 EUR");
		this.supportService.ask("What does it cost?");
		this.clock.advance(Duration.ofMinutes(59));
		assertThat(this.supportService.ask("what does it cost")).isExactHit()
			.hasValue("10 EUR")
			.hasAge(Duration.ofMinutes(59));
		this.clock.advance(Duration.ofMinutes(1));
		assertThat(this.supportService.ask("What does it cost?")).isMiss().hasValue("12 EUR");
	}

	@Test
	void evictionIsOneOfTheTask() {
		given(this.client.answer("What does it cost?")).willReturn("10 EUR");
		this.supportService.ask("What does it cost?");
		this.supportService.forget();
		assertThat(this.supportService.ask("What does it cost?")).isMiss();
		then(this.client).should(times(2)).answer("What does it cost?");
	}

	@Test
	void onlyWhatIsCachedIsThere(@Autowired ApplicationContext context) {
		assertThat(context.getBean(CacheStore.class)).isInstanceOf(MemoryCacheStore.class);
		assertThat(context.getBean(TextEmbedder.class)).isSameAs(this.embedder);
		assertThat(context.getBean(Prices.class)).isNotNull();
		assertThat(context.getBeanProvider(Reports.class).stream()).isEmpty();
		assertThat(context.getBeanProvider(ParaphraseModel.class).stream()).isEmpty();
		assertThat(context.getBean(LlmCache.class)).isNotNull();
		assertThat(context.getBeanDefinitionNames())
			.noneMatch((name) -> name.matches("(?i).*(endpoint|health|redis).*"));
	}

}
