package io.github.llmcache.store.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.data.redis.connection.RedisStandaloneConfiguration;

import io.github.llmcache.answer.CachedAnswer;
import io.github.llmcache.answer.Outcome;
import io.github.llmcache.event.LlmCacheListener;
import io.github.llmcache.store.redis.server.FaultProxy;
import io.github.llmcache.store.redis.server.RedisKind;
import io.github.llmcache.store.redis.server.RedisServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What callers notice when the way to the server breaks, with the default settings and
 * under load: nothing fails, nothing is wrong, and hits come back by themselves. Prints
 * how long calls took.
 */
@Tag("thorough")
class RedisFaultTests {

	private static final int THREADS = 32;

	private static final Duration TIMEOUT = Duration.ofMillis(250);

	private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

	private static final Duration WARM_UP = Duration.ofSeconds(1);

	private static final Duration FAULT = Duration.ofSeconds(2);

	private final RedisServer server = RedisServer.start(RedisKind.REDIS_8);

	private final FaultProxy proxy = new FaultProxy(this.server.port());

	private final RedisStoreFixture fixture = new RedisStoreFixture(
			new RedisStandaloneConfiguration("127.0.0.1", this.proxy.port()));

	private final AtomicLong hits = new AtomicLong();

	private volatile Histogram latencies = new ConcurrentHistogram(3);

	private volatile boolean ended;

	static Stream<Arguments> faults() {
		return Stream.of(fault("connections are cut", FaultProxy::cut, FaultProxy::pass),
				fault("nothing is answered", FaultProxy::hang, FaultProxy::pass),
				fault("replies are 1 s late", (proxy) -> proxy.delay(Duration.ofSeconds(1)), FaultProxy::pass),
				fault("a reply is reset in the middle", (proxy) -> proxy.resetAfter(20), FaultProxy::pass),
				Arguments.of("the server is killed and starts empty",
						(BiConsumer<FaultProxy, RedisServer>) (proxy, server) -> server.kill(),
						(BiConsumer<FaultProxy, RedisServer>) (proxy, server) -> server.start()),
				Arguments.of("the server is paused",
						(BiConsumer<FaultProxy, RedisServer>) (proxy, server) -> server.pause(),
						(BiConsumer<FaultProxy, RedisServer>) (proxy, server) -> server.resume()));
	}

	private static Arguments fault(String name, Consumer<FaultProxy> begin, Consumer<FaultProxy> end) {
		return Arguments.of(name, (BiConsumer<FaultProxy, RedisServer>) (proxy, server) -> begin.accept(proxy),
				(BiConsumer<FaultProxy, RedisServer>) (proxy, server) -> end.accept(proxy));
	}

	@AfterEach
	void close() {
		this.fixture.close();
		this.proxy.close();
		this.server.close();
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("faults")
	void nothingFailsAndHitsComeBack(String name, BiConsumer<FaultProxy, RedisServer> begin,
			BiConsumer<FaultProxy, RedisServer> end) throws Exception {
		underLoad(() -> {
			LockSupport.parkNanos(WARM_UP.toNanos());
			assertThat(this.hits).hasPositiveValue();
			Histogram before = nextPhase();
			begin.accept(this.proxy, this.server);
			LockSupport.parkNanos(FAULT.toNanos());
			Histogram during = nextPhase();
			end.accept(this.proxy, this.server);
			print(name, before, during, awaitHits());
		});
	}

	/**
	 * For longer: {@code -DargLine=-Dllm-cache.faults.seconds=60}.
	 */
	@Test
	void nothingFailsWhateverTheFaultsAndTheirOrder() throws Exception {
		long seed = System.nanoTime();
		System.out.println("Faults in the order of seed " + seed);
		Random random = new Random(seed);
		List<Object[]> faults = faults().map(Arguments::get).toList();
		underLoad(() -> {
			long end = System.nanoTime() + Duration.ofSeconds(Long.getLong("llm-cache.faults.seconds", 5)).toNanos();
			while (System.nanoTime() < end) {
				Object[] fault = faults.get(random.nextInt(faults.size()));
				apply(fault[1]);
				LockSupport.parkNanos(Duration.ofMillis(random.nextInt(1_000)).toNanos());
				apply(fault[2]);
				LockSupport.parkNanos(Duration.ofMillis(random.nextInt(500)).toNanos());
			}
			awaitHits();
		});
	}

	@SuppressWarnings("unchecked")
	private void apply(Object change) {
		((BiConsumer<FaultProxy, RedisServer>) change).accept(this.proxy, this.server);
	}

	private void underLoad(Runnable actions) throws Exception {
		EngineOnRedis engine = engine();
		ExecutorService executor = Executors.newFixedThreadPool(THREADS);
		try {
			List<Future<Void>> threads = new ArrayList<>();
			for (int i = 0; i < THREADS; i++) {
				threads.add(executor.submit(ask(engine)));
			}
			actions.run();
			this.ended = true;
			for (Future<Void> thread : threads) {
				thread.get(30, TimeUnit.SECONDS);
			}
		}
		finally {
			this.ended = true;
			executor.shutdownNow();
		}
	}

	private Duration awaitHits() {
		long start = System.nanoTime();
		long before = this.hits.get();
		Awaitility.await()
			.pollInterval(Duration.ofMillis(10))
			.atMost(Duration.ofSeconds(30))
			.until(() -> this.hits.get() > before + EngineOnRedis.QUESTIONS);
		return Duration.ofNanos(System.nanoTime() - start);
	}

	private Callable<Void> ask(EngineOnRedis engine) {
		return () -> {
			while (!this.ended) {
				ThreadLocalRandom random = ThreadLocalRandom.current();
				String prompt = random.nextInt(EngineOnRedis.QUESTIONS) + " " + "abc".charAt(random.nextInt(3));
				long start = System.nanoTime();
				CachedAnswer<String> answer = engine.ask(prompt);
				this.latencies.recordValue(System.nanoTime() - start);
				assertThat(answer.value()).isEqualTo(EngineOnRedis.answer(prompt));
				if (answer.outcome() == Outcome.EXACT || answer.outcome() == Outcome.SEMANTIC) {
					this.hits.incrementAndGet();
				}
				LockSupport.parkNanos(Duration.ofMillis(2).toNanos());
			}
			return null;
		};
	}

	private EngineOnRedis engine() {
		RedisCacheStore store = this.fixture.store(this.fixture.settings(SearchMode.AUTO), TIMEOUT, RETRY_AFTER,
				LlmCacheListener.NO_OP);
		store.connect();
		return new EngineOnRedis(store, LlmCacheListener.NO_OP);
	}

	private Histogram nextPhase() {
		Histogram phase = this.latencies;
		this.latencies = new ConcurrentHistogram(3);
		return phase;
	}

	private static void print(String fault, Histogram before, Histogram during, Duration recovery) {
		long slow = during.getCountBetweenValues(TIMEOUT.plusMillis(20).toNanos(), Long.MAX_VALUE);
		System.out.printf(
				"Fault: %s. p50 / p99 / max before %.2f / %.2f / %.0f ms, during %.2f / %.2f / %.0f ms; calls during %d,"
						+ " of them longer than the timeout %d; hits again after %d ms%n",
				fault, millis(before.getValueAtPercentile(50)), millis(before.getValueAtPercentile(99)),
				millis(before.getMaxValue()), millis(during.getValueAtPercentile(50)),
				millis(during.getValueAtPercentile(99)), millis(during.getMaxValue()), during.getTotalCount(), slow,
				recovery.toMillis());
	}

	private static double millis(long nanos) {
		return nanos / 1_000_000.0;
	}

}
