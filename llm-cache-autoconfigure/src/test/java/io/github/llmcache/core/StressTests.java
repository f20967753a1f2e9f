package io.github.llmcache.core;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.core.ParameterizedTypeReference;

import io.github.llmcache.answer.CachedAnswer;
import io.github.llmcache.answer.Outcome;
import io.github.llmcache.event.FailureEvent;
import io.github.llmcache.event.LlmCacheListener;
import io.github.llmcache.index.VectorIndexFactory;
import io.github.llmcache.store.CacheStore.StoreUsage;
import io.github.llmcache.store.EvictionSelector;
import io.github.llmcache.store.memory.MemoryCacheStore;
import io.github.llmcache.store.memory.MemoryLimits;
import io.github.llmcache.verify.MatchVerifier.Verdict;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Many threads, few prompts, a store that is too small for them, and evictions: no
 * exception, no answer of another prompt or type, no entry beyond the bounds. Runs for
 * three seconds; for longer:
 *
 * <pre class="code">
 * mvn -pl llm-cache-autoconfigure test -Dtest=StressTests -Dllm-cache.stress.seconds=30
 * </pre>
 */
@Tag("thorough")
class StressTests {

	private static final Duration DURATION = Duration.ofSeconds(Long.getLong("llm-cache.stress.seconds", 3));

	private static final int THREADS = 64;

	private static final int PROMPTS = 1_000;

	private static final int MAX_ENTRIES = 1_500;

	private static final int MAX_BYTES = 2 << 20;

	private static final ParameterizedTypeReference<List<Answer>> LIST = new ParameterizedTypeReference<>() {
	};

	private final CacheFixture fixture = new CacheFixture();

	private LlmCache cache;

	@Test
	void manyThreadsGetTheRightAnswersWithinTheBounds() throws Exception {
		this.fixture.store = new MemoryCacheStore(new MemoryLimits(MAX_ENTRIES, MAX_BYTES),
				new VectorIndexFactory(200, Runnable::run), this.fixture.clock, LlmCacheListener.NO_OP);
		this.fixture.listener = new FailuresOnly(this.fixture.events);
		for (int i = 0; i < PROMPTS; i++) {
			this.fixture.angles.at(i * 360.0 / PROMPTS, "prompt " + i);
		}
		this.fixture.verifier = (match) -> sameTens(match.prompt(), match.cachedPrompt()) ? Verdict.accept()
				: Verdict.refuse("number", null);
		this.cache = this.fixture.build();
		ExecutorService executor = Executors.newFixedThreadPool(THREADS);
		try {
			long end = System.nanoTime() + DURATION.toNanos();
			List<Future<Counts>> threads = new ArrayList<>();
			for (int i = 0; i < THREADS; i++) {
				threads.add(executor.submit(hammer(new Random(i), end)));
			}
			Counts total = new Counts();
			for (Future<Counts> thread : threads) {
				total.add(thread.get(DURATION.toSeconds() + 60, TimeUnit.SECONDS));
			}
			assertThat(total.exact).isPositive();
			assertThat(total.semantic).isPositive();
			assertThat(total.misses).isPositive();
		}
		finally {
			executor.shutdownNow();
		}
		assertThat(this.fixture.events.failures()).isEmpty();
		assertThatBoundsHold(0);
		this.cache.evict(EvictionSelector.all());
		assertThat(this.fixture.entryCount()).isZero();
	}

	private Callable<Counts> hammer(Random random, long end) {
		return () -> {
			Counts counts = new Counts();
			while (System.nanoTime() < end) {
				int number = random.nextInt(PROMPTS);
				switch (random.nextInt(200)) {
					case 0 -> this.cache.evict(EvictionSelector.all().withPrompt("prompt " + number));
					case 1 -> this.cache.evict(EvictionSelector.all().withTag("tag " + number % 10));
					case 2 -> assertThatBoundsHold(THREADS);
					case 3 -> this.fixture.clock.advance(Duration.ofMillis(100));
					default -> counts.add((random.nextBoolean()) ? askForText(number) : askForList(number));
				}
			}
			return counts;
		};
	}

	private Outcome askForText(int number) {
		CacheRequest<String> request = CacheRequest.forTask("text", String.class)
			.prompt("prompt " + number)
			.tag("tag " + number % 10)
			.ttl(Duration.ofSeconds(10))
			.build();
		CachedAnswer<String> answer = this.cache.get(request, () -> "answer " + number);
		String text = answer.value();
		assertThat(sameTens(text, "prompt " + number)).as(text).isTrue();
		return answer.outcome();
	}

	private Outcome askForList(int number) {
		CacheRequest<List<Answer>> request = CacheRequest.forTask("list", LIST)
			.prompt("prompt " + number)
			.scope("tenant " + number % 7)
			.build();
		CachedAnswer<List<Answer>> answer = this.cache.get(request,
				() -> List.of(new Answer("answer " + number, number), new Answer("x".repeat(number), 0)));
		Answer first = answer.value().get(0);
		assertThat(sameTens(first.text(), "prompt " + number)).as(first.text()).isTrue();
		assertThat(first.tokens() % 7).as("tenant").isEqualTo(number % 7);
		return answer.outcome();
	}

	/**
	 * What is being stored at this moment may be above the bounds.
	 */
	private void assertThatBoundsHold(int inFlight) {
		long bytes = this.fixture.store.usage().values().stream().mapToLong(StoreUsage::bytes).sum();
		assertThat(this.fixture.entryCount()).isLessThanOrEqualTo(MAX_ENTRIES + inFlight);
		assertThat(bytes).isLessThanOrEqualTo(MAX_BYTES + inFlight * 4_096L);
	}

	private static boolean sameTens(String one, String other) {
		return number(one) / 10 == number(other) / 10;
	}

	private static int number(String text) {
		return Integer.parseInt(text.substring(text.indexOf(' ') + 1));
	}

	private static final class Counts {

		private long exact;

		private long semantic;

		private long misses;

		void add(Outcome outcome) {
			switch (outcome) {
				case EXACT -> this.exact++;
				case SEMANTIC -> this.semantic++;
				case MISS -> this.misses++;
				default -> throw new IllegalStateException("Not cached: " + outcome);
			}
		}

		void add(Counts other) {
			this.exact += other.exact;
			this.semantic += other.semantic;
			this.misses += other.misses;
		}

	}

	/**
	 * Millions of other events would fill the heap.
	 */
	private record FailuresOnly(LlmCacheListener listener) implements LlmCacheListener {

		@Override
		public void onFailure(FailureEvent event) {
			this.listener.onFailure(event);
		}

	}

}
