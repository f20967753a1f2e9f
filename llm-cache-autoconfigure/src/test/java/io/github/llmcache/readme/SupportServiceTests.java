package io.github.llmcache.readme;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

import io.github.llmcache.core.LlmCache;
import io.github.llmcache.readme.ModelClient.Answer;
import io.github.llmcache.store.EvictionSelector;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A test as a user would write it.
 */
@SpringBootTest(properties = "llm-cache.store=memory")
class SupportServiceTests {

	@Autowired
	private LlmCache cache;

	@Autowired
	private SupportService supportService;

	@BeforeEach
	void emptyCache() {
		this.cache.evictNow(EvictionSelector.all());
	}

	@Test
	void anotherWordingIsAnsweredFromTheCache() {
		Answer first = this.supportService.ask("How do I turn on dark mode?", "small", "a");
		assertThat(this.supportService.ask("how can i turn dark mode on", "small", "a")).isEqualTo(first);
		assertThat(this.supportService.ask("How do I turn off dark mode?", "small", "a")).isNotEqualTo(first);
		assertThat(this.supportService.ask("How do I turn on dark mode?", "small", "b")).isNotEqualTo(first);
	}

}
