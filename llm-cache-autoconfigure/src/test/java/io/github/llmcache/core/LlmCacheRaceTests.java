package io.github.llmcache.core;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.github.llmcache.answer.CachedAnswer;
import io.github.llmcache.store.EvictionSelector;

import static io.github.llmcache.core.CacheFixture.question;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LlmCache}: calls that meet evictions and each other.
 */
@Timeout(30)
class LlmCacheRaceTests {

	private final CacheFixture fixture = new CacheFixture();

	private final LlmCache cache;

	LlmCacheRaceTests() {
		this.fixture.angles.at(0, "prompt").at(1, "the prompt");
		this.cache = this.fixture.build();
	}

	@Test
	void slowAnswerFromBeforeAnEvictionDoesNotReplaceTheNewerOne() throws Exception {
		CountDownLatch loading = new CountDownLatch(1);
		CountDownLatch evicted = new CountDownLatch(1);
		CompletableFuture<CachedAnswer<Answer>> slow = CompletableFuture
			.supplyAsync(() -> this.cache.get(question("prompt").build(), () -> {
				loading.countDown();
				await(evicted);
				return new Answer("old", 1);
			}));
		await(loading);
		this.cache.evict(EvictionSelector.all().withPrompt("prompt"));
		this.cache.get(question("prompt").build(), CountingLoader.answering("new"));
		evicted.countDown();
		assertThat(slow.get(20, TimeUnit.SECONDS).value().text()).isEqualTo("old");
		CachedAnswer<Answer> exact = this.cache.get(question("prompt").build(), CountingLoader.answering("newer"));
		CachedAnswer<Answer> semantic = this.cache.get(question("the prompt").build(), CountingLoader.answering("x"));
		assertThat(exact.value().text()).isEqualTo("new");
		assertThat(semantic.value().text()).isEqualTo("new");
	}

	@Test
	void slowAnswerFromBeforeAnEvictionIsNotFoundInAnEmptyPartition() throws Exception {
		CountDownLatch loading = new CountDownLatch(1);
		CountDownLatch evicted = new CountDownLatch(1);
		CompletableFuture<CachedAnswer<Answer>> slow = CompletableFuture
			.supplyAsync(() -> this.cache.get(question("prompt").build(), () -> {
				loading.countDown();
				await(evicted);
				return new Answer("old", 1);
			}));
		await(loading);
		assertThat(this.cache.evict(EvictionSelector.all().withTag("no entry has it"))).isZero();
		evicted.countDown();
		slow.get(20, TimeUnit.SECONDS);
		assertThat(this.fixture.events.lastStore().rejection()).isEqualTo("evicted");
		assertThat(this.fixture.entryCount()).isZero();
	}

	@Test
	void evictionOfAnotherTaskLeavesARunningLoadAlone() throws Exception {
		this.cache.get(question("prompt").build(), () -> {
			this.cache.evict(EvictionSelector.task("other"));
			this.cache.evict(EvictionSelector.all().withModel("large"));
			return new Answer("kept", 1);
		});
		assertThat(this.fixture.events.lastStore().isStored()).isTrue();
	}

	@Test
	void loaderMayCallTheCache() {
		CachedAnswer<Answer> outer = this.cache.get(question("prompt").semantic(false).build(),
				() -> this.cache.get(question("the prompt").semantic(false).build(), CountingLoader.answering("inner"))
					.value());
		assertThat(outer.value().text()).isEqualTo("inner");
		assertThat(this.fixture.entryCount()).isEqualTo(2);
	}

	private static void await(CountDownLatch latch) {
		try {
			assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
