package io.github.llmcache.store.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.data.redis.connection.RedisStandaloneConfiguration;

import io.github.llmcache.answer.CachedAnswer;
import io.github.llmcache.answer.Outcome;
import io.github.llmcache.codec.JacksonPayloadCodec;
import io.github.llmcache.core.CacheRequest;
import io.github.llmcache.core.LlmCache;
import io.github.llmcache.core.LlmCacheBuilder;
import io.github.llmcache.core.Loader;
import io.github.llmcache.key.DigestPromptKeyGenerator;
import io.github.llmcache.store.CacheKey;
import io.github.llmcache.store.EvictionSelector;
import io.github.llmcache.store.LeaseStore.Lease;
import io.github.llmcache.store.redis.server.RedisKind;
import io.github.llmcache.store.redis.server.RedisServers;
import io.github.llmcache.test.RecordingListener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Simultaneous calls with one prompt on two instances: one loads, the others wait.
 */
@Timeout(60)
class RedisLeaseTests {

	private static final int CALLERS = 250;

	private final RedisStoreFixture fixture = new RedisStoreFixture(
			new RedisStandaloneConfiguration("127.0.0.1", RedisServers.shared(RedisKind.REDIS_7).port()));

	private final RedisCacheStore store = this.fixture.store(this.fixture.settings(SearchMode.AUTO));

	private final RecordingListener events = new RecordingListener();

	private final ExecutorService callers = Executors.newFixedThreadPool(2 * CALLERS);

	private final AtomicInteger loads = new AtomicInteger();

	private final CountDownLatch started = new CountDownLatch(1);

	private final CountDownLatch finish = new CountDownLatch(1);

	private final LlmCache one = instance(Duration.ofSeconds(10), Duration.ofSeconds(30));

	private final LlmCache other = instance(Duration.ofSeconds(10), Duration.ofSeconds(30));

	@AfterEach
	void close() {
		this.finish.countDown();
		this.callers.shutdownNow();
		this.fixture.close();
	}

	@Test
	void methodRunsOnceForCallersOfAllInstances() throws Exception {
		List<Future<CachedAnswer<String>>> answers = new ArrayList<>();
		for (int i = 0; i < CALLERS; i++) {
			answers.add(ask(this.one, this::slowAnswer));
			answers.add(ask(this.other, this::slowAnswer));
		}
		Awaitility.await().during(Duration.ofMillis(300)).until(() -> this.loads.get() == 1);
		this.finish.countDown();
		for (Future<CachedAnswer<String>> answer : answers) {
			assertThat(answer.get().value()).isEqualTo("answer 1");
		}
		assertThat(this.loads).hasValue(1);
		assertThat(this.events.failures()).isEmpty();
		assertThat(this.fixture.keys()).noneMatch((key) -> key.contains(":l:"));
	}

	@Test
	void methodRunsOnceForAsynchronousCallersOfAllInstances() {
		CompletableFuture<String> model = new CompletableFuture<>();
		List<CompletableFuture<CachedAnswer<String>>> answers = new ArrayList<>();
		for (int i = 0; i < CALLERS; i++) {
			for (LlmCache instance : List.of(this.one, this.other)) {
				answers.add(instance.getAsync(request(), () -> {
					this.loads.incrementAndGet();
					return model;
				}));
			}
		}
		Awaitility.await().during(Duration.ofMillis(300)).until(() -> this.loads.get() == 1);
		model.complete("answer");
		assertThat(answers).allMatch((answer) -> answer.join().value().equals("answer"));
		assertThat(this.loads).hasValue(1);
		assertThat(this.events.failures()).isEmpty();
		assertThat(this.fixture.keys()).noneMatch((key) -> key.contains(":l:"));
	}

	@Test
	void answerIsRefreshedByOneInstance() throws Exception {
		CacheRequest<String> refreshed = CacheRequest.forTask("support", String.class)
			.prompt("prompt")
			.policy((policy) -> policy.refreshAfter(Duration.ofMillis(1)))
			.build();
		this.one.get(refreshed, () -> "old");
		Awaitility.await().until(() -> this.one.get(refreshed, this::slowAnswer).age().toMillis() > 0);
		this.started.await();
		for (int i = 0; i < 10; i++) {
			assertThat(this.other.get(refreshed, this::slowAnswer).value()).isEqualTo("old");
			assertThat(this.one.get(refreshed, this::slowAnswer).value()).isEqualTo("old");
		}
		Awaitility.await().during(Duration.ofMillis(300)).until(() -> this.loads.get() == 1);
		this.finish.countDown();
		Awaitility.await().until(() -> this.other.get(request(), () -> "unused").value().startsWith("answer"));
		Awaitility.await().until(() -> this.fixture.keys().stream().noneMatch((key) -> key.contains(":l:")));
	}

	@Test
	void answerBeyondItsTtlIsServedToAnInstanceWhoseMethodFails() {
		CacheRequest<String> kept = CacheRequest.forTask("support", String.class)
			.prompt("prompt")
			.ttl(Duration.ofMillis(50))
			.policy((policy) -> policy.staleIfError(Duration.ofHours(1)))
			.build();
		this.one.get(kept, () -> "old");
		Awaitility.await().until(() -> {
			CachedAnswer<String> answer = this.other.get(kept, () -> {
				throw new IllegalStateException("overloaded");
			});
			assertThat(answer.value()).isEqualTo("old");
			return answer.outcome() == Outcome.STALE;
		});
		this.other.evict(EvictionSelector.all());
		assertThatIllegalStateException().isThrownBy(() -> this.one.get(kept, () -> {
			throw new IllegalStateException("overloaded");
		}));
	}

	@Test
	void leaseIsExtendedAsLongAsTheAnswerTakes() throws Exception {
		LlmCache shortLease = instance(Duration.ofMillis(300), Duration.ofSeconds(30));
		Future<CachedAnswer<String>> slow = ask(shortLease, this::slowAnswer);
		this.started.await();
		Future<CachedAnswer<String>> waiting = ask(this.other, this::slowAnswer);
		Awaitility.await().during(Duration.ofSeconds(1)).until(() -> this.loads.get() == 1);
		this.finish.countDown();
		assertThat(slow.get().value()).isEqualTo("answer 1");
		assertThat(waiting.get().outcome()).isEqualTo(Outcome.EXACT);
	}

	@Test
	void instanceThatDiedIsReplacedWhenItsLeaseIsOver() throws Exception {
		CacheKey key = new DigestPromptKeyGenerator().generate(request().identity(), "", "prompt");
		long generation = this.store.find(key).generation();
		assertThat(this.store.lease(key, generation, "dead", Duration.ofMillis(500))).isEqualTo(Lease.GRANTED);
		long start = System.nanoTime();
		this.finish.countDown();
		assertThat(ask(this.one, this::slowAnswer).get().outcome()).isEqualTo(Outcome.MISS);
		assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)).isGreaterThan(300);
		assertThat(this.events.waits()).hasSize(1);
	}

	@Test
	void instanceWhoseMethodFailsIsReplacedAtOnce() throws Exception {
		Future<CachedAnswer<String>> failing = ask(this.one, () -> {
			slowAnswer();
			throw new IllegalStateException("overloaded");
		});
		this.started.await();
		Future<CachedAnswer<String>> waiting = ask(this.other, () -> "answer");
		Awaitility.await().during(Duration.ofMillis(300)).until(() -> !waiting.isDone());
		long start = System.nanoTime();
		this.finish.countDown();
		assertThat(waiting.get().value()).isEqualTo("answer");
		System.out.println("Single flight: the other instance was answered "
				+ TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start) + " ms after the method had failed");
		assertThat(failing).failsWithin(Duration.ofSeconds(1))
			.withThrowableOfType(ExecutionException.class)
			.withRootCauseInstanceOf(IllegalStateException.class);
	}

	@Test
	void callAfterAnEvictionDoesNotWaitForOneFromBefore() throws Exception {
		Future<CachedAnswer<String>> old = ask(this.one, this::slowAnswer);
		this.started.await();
		this.other.evict(EvictionSelector.all());
		assertThat(ask(this.other, () -> "new").get().value()).isEqualTo("new");
		this.finish.countDown();
		assertThat(old.get().value()).isEqualTo("answer 1");
		assertThat(ask(this.one, () -> "newer").get().value()).isEqualTo("new");
	}

	@Test
	void callThatWaitedLongEnoughLoadsTheAnswerItself() throws Exception {
		LlmCache impatient = instance(Duration.ofSeconds(10), Duration.ofMillis(100));
		ask(this.one, this::slowAnswer);
		this.started.await();
		assertThat(ask(impatient, () -> "own").get().value()).isEqualTo("own");
	}

	private Future<CachedAnswer<String>> ask(LlmCache cache, Loader<String, Exception> loader) {
		return this.callers.submit(() -> cache.get(request(), loader));
	}

	private String slowAnswer() throws InterruptedException {
		int number = this.loads.incrementAndGet();
		this.started.countDown();
		this.finish.await();
		return "answer " + number;
	}

	private static CacheRequest<String> request() {
		return CacheRequest.forTask("support", String.class).prompt("prompt").build();
	}

	private LlmCache instance(Duration lease, Duration maxWait) {
		return new LlmCacheBuilder(this.fixture.store(this.fixture.settings(SearchMode.AUTO)),
				new JacksonPayloadCodec(JsonMapper.builder().build()), new DigestPromptKeyGenerator())
			.listener(this.events)
			.lease(lease)
			.maxWait(maxWait)
			.build();
	}

}
