package io.github.llmcache.test.application;

import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.context.bean.override.mockito.MockitoSpyBean;
import org.springframework.test.util.AopTestUtils;

import io.github.llmcache.answer.CachedAnswer;
import io.github.llmcache.test.RecordingListener;
import io.github.llmcache.test.autoconfigure.LlmCacheTest;

import static io.github.llmcache.test.LlmCacheAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;

/**
 * What docs/testing.md says of spies on annotated methods.
 */
@LlmCacheTest(SupportService.class)
class StubbingTests {

	@MockitoSpyBean
	private SupportService supportService;

	@MockitoBean
	private ModelClient client;

	@Autowired
	private RecordingListener events;

	@Test
	void theSpyIsBehindTheCache() {
		doReturn("Settings.").when(this.client).answer(anyString());
		this.supportService.ask("How do I turn on dark mode?");
		assertThat(this.supportService.ask("How do I turn on dark mode?")).isExactHit();
		verify(this.supportService, times(1)).ask("How do I turn on dark mode?");
	}

	@Test
	void annotatedMethodsAreStubbedOnTheTarget() {
		SupportService target = AopTestUtils.getUltimateTargetObject(this.supportService);
		doReturn(Mono.just("later")).when(target).askLater("prompt");
		doReturn(Flux.just("a", "b")).when(target).stream("prompt");
		doReturn(CompletableFuture.completedFuture("future")).when(target).future("prompt");
		doReturn(CachedAnswer.of("Settings.")).when(target).ask("prompt");

		assertThat(this.supportService.ask("prompt")).isMiss().hasValue("Settings.");
		assertThat(this.supportService.askLater("prompt").block()).isEqualTo("later");
		assertThat(this.supportService.stream("prompt").collectList().block()).containsExactly("a", "b");
		assertThat(this.supportService.future("prompt").join()).isEqualTo("future");

		assertThat(this.supportService.askLater("prompt").block()).isEqualTo("later");
		assertThat(this.events).lastLookup().hasTask("support-mono").isExactHit();
		verify(target, times(1)).askLater("prompt");
	}

	@Test
	void methodsThatReturnAValueCanBeStubbedThroughTheCache() {
		doReturn(CachedAnswer.of("Settings.")).when(this.supportService).ask(anyString());
		assertThat(this.supportService.ask("prompt")).isMiss().hasValue("Settings.");
		assertThat(this.supportService.ask("prompt")).isExactHit();
	}

}
