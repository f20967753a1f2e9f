package io.github.llmcache.core;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.llmcache.answer.CachedAnswer;
import io.github.llmcache.answer.Outcome;
import io.github.llmcache.embedding.TextEmbedder;
import io.github.llmcache.feedback.Feedback;
import io.github.llmcache.store.EvictionSelector;
import io.github.llmcache.verify.MatchVerifier.Verdict;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What scopes share, and calls that wait for each other: nobody is handed an answer of
 * other scopes that it would not be served itself.
 */
@Timeout(60)
class SharedFlightTests {

	private static final String PROMPT = "turn on";

	private static final String WORDING = "switch on";

	private static final String RIGHT = "press the button";

	private final ExecutorService callers = Executors.newCachedThreadPool();

	private final CountDownLatch started = new CountDownLatch(1);

	private final CountDownLatch finish = new CountDownLatch(1);

	private final AtomicInteger loads = new AtomicInteger();

	/** Runs when an answer of other scopes is about to be served for the first time. */
	private volatile Runnable beforeServing = () -> {
	};

	private final CacheFixture fixture = new CacheFixture();

	private LlmCache cache;

	@BeforeEach
	void shareAfterThree() {
		this.fixture.shareAfterScopes = 3;
		this.fixture.angles.at(0, PROMPT).at(1, WORDING);
		this.fixture.embedder = new SlowEmbedder(this.fixture.angles);
		this.fixture.verifier = (match) -> {
			Runnable action = this.beforeServing;
			this.beforeServing = () -> {
			};
			action.run();
			return Verdict.accept();
		};
		this.cache = this.fixture.build();
	}

	@AfterEach
	void close() {
		this.finish.countDown();
		this.callers.shutdownNow();
	}

	@ParameterizedTest
	@ValueSource(strings = { PROMPT, WORDING })
	void callOfAnotherScopeDoesNotWaitForAnAnswerThatIsNotSharedYet(String prompt) throws Exception {
		ask("one", PROMPT, RIGHT);
		ask("two", PROMPT, RIGHT);
		Future<CachedAnswer<Answer>> third = this.callers.submit(() -> this.cache.get(request("three", PROMPT), () -> {
			this.started.countDown();
			this.finish.await();
			return new Answer(RIGHT, 1);
		}));
		this.started.await();
		assertThat(ask("four", prompt, "own")).extracting(CachedAnswer::outcome, SharedFlightTests::text)
			.containsExactly(Outcome.MISS, "own");
		this.finish.countDown();
		assertThat(third.get().outcome()).isEqualTo(Outcome.MISS);
		assertThat(ask("five", PROMPT, "not asked")).extracting(CachedAnswer::outcome, SharedFlightTests::text)
			.containsExactly(Outcome.EXACT, RIGHT);
	}

	@Test
	void sharedAnswerIsHandedToThoseOfTheScopeWhoWaitAndNobodyElseWaits() throws Exception {
		share();
		int embedded = this.fixture.angles.calls();
		List<Future<CachedAnswer<Answer>>> answers = askTogether("four", "four");
		assertThat(ask("five", WORDING, "not asked").outcome()).isEqualTo(Outcome.SEMANTIC);
		this.finish.countDown();
		for (Future<CachedAnswer<Answer>> answer : answers) {
			assertThat(answer.get()).extracting(CachedAnswer::outcome, SharedFlightTests::text)
				.containsExactly(Outcome.SEMANTIC, RIGHT);
		}
		assertThat(this.fixture.angles.calls() - embedded).as("five and one of the two").isEqualTo(2);
		assertThat(this.loads).hasValue(0);
	}

	@ParameterizedTest
	@EnumSource
	void answerThatIsNotSharedAnyMoreIsNotHandedOver(Withdrawal withdrawal) throws Exception {
		share();
		String entry = Objects.requireNonNull(ask("six", PROMPT, "not asked").entryId());
		this.beforeServing = () -> withdrawal.of.accept(this.cache, entry);
		List<Future<CachedAnswer<Answer>>> answers = askTogether("four", "four");
		this.finish.countDown();
		assertThat(answers.get(0).get().outcome()).as("decided before").isEqualTo(Outcome.SEMANTIC);
		assertThat(answers.get(1).get()).extracting(CachedAnswer::outcome, SharedFlightTests::text)
			.containsExactly(Outcome.MISS, "own 1");
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 4 })
	void callThatWantsMoreScopesIsNotHandedWhatIsEnoughForAnotherOne(int scopes) throws Exception {
		share();
		CacheRequest<Answer> demanding = CacheFixture.question(WORDING)
			.scope("four")
			.policy((policy) -> policy.shareAfterScopes(scopes))
			.build();
		List<Future<CachedAnswer<Answer>>> answers = askTogether(request("four", WORDING), demanding);
		this.finish.countDown();
		assertThat(answers.get(0).get().outcome()).isEqualTo(Outcome.SEMANTIC);
		assertThat(answers.get(1).get()).extracting(CachedAnswer::outcome, SharedFlightTests::text)
			.containsExactly(Outcome.MISS, "own 1");
	}

	/**
	 * The first of two calls is about to search, and the other one waits for it.
	 */
	private List<Future<CachedAnswer<Answer>>> askTogether(String first, String second) throws InterruptedException {
		return askTogether(request(first, WORDING), request(second, WORDING));
	}

	private List<Future<CachedAnswer<Answer>>> askTogether(CacheRequest<Answer> first, CacheRequest<Answer> second)
			throws InterruptedException {
		Loader<Answer, RuntimeException> own = () -> new Answer("own " + this.loads.incrementAndGet(), 1);
		Future<CachedAnswer<Answer>> leader = this.callers.submit(() -> this.cache.get(first, own));
		this.started.await();
		Future<CachedAnswer<Answer>> follower = this.callers.submit(() -> this.cache.get(second, own));
		Awaitility.await()
			.until(() -> Thread.getAllStackTraces()
				.values()
				.stream()
				.flatMap(Arrays::stream)
				.anyMatch((frame) -> frame.getClassName().equals(Step.Wait.class.getName())));
		return List.of(leader, follower);
	}

	private void share() {
		for (String scope : List.of("one", "two", "three")) {
			ask(scope, PROMPT, RIGHT);
		}
	}

	private CachedAnswer<Answer> ask(String scope, String prompt, String answer) {
		return this.cache.get(request(scope, prompt), () -> new Answer(answer, 1));
	}

	private static CacheRequest<Answer> request(String scope, String prompt) {
		return CacheFixture.question(prompt).scope(scope).build();
	}

	private static String text(CachedAnswer<Answer> answer) {
		return Objects.requireNonNull(answer.value()).text();
	}

	/** How an answer that was shared is not any more. */
	enum Withdrawal {

		EVICTION((cache, entry) -> cache.evict(EvictionSelector.all().withScope("one"))),

		ERASURE((cache, entry) -> cache.erase("one")),

		FEEDBACK((cache, entry) -> cache.feedback(Feedback.wrong("support", entry).withPrompt(WORDING)));

		final BiConsumer<LlmCache, String> of;

		Withdrawal(BiConsumer<LlmCache, String> of) {
			this.of = of;
		}

	}

	/** Lets the first call with {@code WORDING} wait, and no other one. */
	private final class SlowEmbedder implements TextEmbedder {

		private final TextEmbedder delegate;

		SlowEmbedder(TextEmbedder delegate) {
			this.delegate = delegate;
		}

		@Override
		public float[] embed(String text) {
			boolean first = text.equals(WORDING) && SharedFlightTests.this.started.getCount() > 0;
			if (first) {
				SharedFlightTests.this.started.countDown();
				try {
					SharedFlightTests.this.finish.await();
				}
				catch (InterruptedException ex) {
					Thread.currentThread().interrupt();
				}
			}
			return this.delegate.embed(text);
		}

		@Override
		public int dimensions() {
			return this.delegate.dimensions();
		}

		@Override
		public String fingerprint() {
			return this.delegate.fingerprint();
		}

	}

}
