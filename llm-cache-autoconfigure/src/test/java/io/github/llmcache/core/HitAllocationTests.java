package io.github.llmcache.core;

import java.lang.management.ManagementFactory;

import com.sun.management.ThreadMXBean;
import org.junit.jupiter.api.Test;

import io.github.llmcache.answer.Outcome;
import io.github.llmcache.event.LlmCacheListener;

import static io.github.llmcache.core.CacheFixture.question;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the memory that a hit allocates, which says what it computes, however busy
 * the machine is. The limits leave room for an interpreter, which allocates what a
 * compiler leaves out. In this module mocks are subclasses: the default of Mockito
 * rewrites the interfaces that are mocked, after which each call of their methods
 * allocates.
 */
class HitAllocationTests {

	private static final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

	private static final int ROUNDS = 20;

	private static final int CALLS = 50;

	private final CacheFixture fixture = new CacheFixture();

	@Test
	void rewordingServedAgainIsNotReadAgain() {
		this.fixture.listener = LlmCacheListener.NO_OP;
		this.fixture.angles.at(0, "hi, how do I turn on dark mode, please?")
			.at(5, "hello, could you tell me how to switch on dark mode, thanks!");
		LlmCache cache = this.fixture.build();
		ask(cache, "hi, how do I turn on dark mode, please?");
		String rewording = "hello, could you tell me how to switch on dark mode, thanks!";
		assertThat(ask(cache, rewording)).isEqualTo(Outcome.SEMANTIC);
		assertThat(bytes(() -> ask(cache, rewording))).isLessThan(5_000);
	}

	@Test
	void exactHitMakesNothingThatItDoesNotNeed() {
		this.fixture.listener = LlmCacheListener.NO_OP;
		this.fixture.embedder = null;
		LlmCache cache = this.fixture.build();
		ask(cache, "How do I turn on dark mode?");
		assertThat(bytes(() -> ask(cache, "How do I turn on dark mode?"))).isLessThan(1_400);
	}

	private static Outcome ask(LlmCache cache, String prompt) {
		return cache.get(question(prompt).build(), () -> new Answer("loaded", 1)).outcome();
	}

	/**
	 * What a call allocates, in the round that the garbage collector disturbs least: what
	 * it takes has to be computed again.
	 */
	private static long bytes(Runnable call) {
		long least = Long.MAX_VALUE;
		for (int round = 0; round < ROUNDS; round++) {
			long before = threads.getCurrentThreadAllocatedBytes();
			for (int i = 0; i < CALLS; i++) {
				call.run();
			}
			least = Math.min(least, (threads.getCurrentThreadAllocatedBytes() - before) / CALLS);
		}
		return least;
	}

}
