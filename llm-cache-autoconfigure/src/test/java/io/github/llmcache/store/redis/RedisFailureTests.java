package io.github.llmcache.store.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;

import io.github.llmcache.answer.CachedAnswer;
import io.github.llmcache.answer.Outcome;
import io.github.llmcache.event.FailureEvent.Part;
import io.github.llmcache.store.EvictionSelector;
import io.github.llmcache.store.StoreRefusedException;
import io.github.llmcache.store.StoreUnavailableException;
import io.github.llmcache.store.redis.server.RedisKind;
import io.github.llmcache.store.redis.server.RedisServer;
import io.github.llmcache.test.RecordingListener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A server in a bad state never fails a call, and is used again as soon as it can be.
 */
@Tag("thorough")
@ExtendWith(OutputCaptureExtension.class)
class RedisFailureTests {

	private static final Duration SOON = Duration.ofSeconds(20);

	private final RecordingListener events = new RecordingListener();

	private RedisServer server;

	private RedisStoreFixture fixture;

	private RedisCacheStore store;

	private EngineOnRedis engine;

	@BeforeAll
	static void tellWhenTheServerIsBack() {
		LoggingSystem.get(RedisFailureTests.class.getClassLoader())
			.setLogLevel(RedisCacheStore.class.getName(), LogLevel.INFO);
	}

	@AfterAll
	static void tellNoMore() {
		LoggingSystem.get(RedisFailureTests.class.getClassLoader()).setLogLevel(RedisCacheStore.class.getName(), null);
	}

	@AfterEach
	void close() {
		if (this.fixture != null) {
			this.fixture.close();
		}
		if (this.server != null) {
			this.server.close();
		}
	}

	@Test
	void serverThatIsDownAtTheStartIsUsedOnceItIsUp(CapturedOutput output) {
		open(SearchMode.AUTO, Duration.ofMillis(500), () -> this.server.kill());
		assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(this.store::connect);
		for (int i = 0; i < 20; i++) {
			assertThat(ask("1 a").outcome()).isEqualTo(Outcome.BYPASS);
		}
		assertThat(this.store.describe()).isEqualTo("Redis (not reached yet, does not answer)");
		assertThat(output).containsOnlyOnce("Redis does not answer").doesNotContain("failed for task");
		assertThat(this.events.failedParts()).hasSize(20).containsOnly(Part.STORE);
		this.server.start();
		awaitHit("1 a");
		assertThat(output).containsOnlyOnce("Redis answers again");
		assertThat(this.store.describe()).isEqualTo("Redis (vector sets)");
	}

	@Test
	void serverThatDoesNotAnswerCostsOneCallOfTheModel() throws Exception {
		open(SearchMode.AUTO, Duration.ofMillis(500), () -> {
		});
		ask("1 a");
		this.server.pause();
		List<Thread> callers = new ArrayList<>();
		AtomicInteger loads = new AtomicInteger();
		Queue<CachedAnswer<String>> answers = new ConcurrentLinkedQueue<>();
		for (int i = 0; i < 200; i++) {
			callers.add(new Thread(() -> answers.add(this.engine.ask("2 a", () -> {
				loads.incrementAndGet();
				Awaitility.await().until(() -> this.events.failures().size() == 200 && allWait(callers));
				return "answer";
			}))));
		}
		callers.forEach(Thread::start);
		for (Thread caller : callers) {
			caller.join(30_000);
		}
		assertThat(answers).hasSize(200).allMatch((answer) -> answer.value().equals("answer"));
		assertThat(answers).extracting(CachedAnswer::outcome).containsOnly(Outcome.BYPASS);
		assertThat(loads).hasValue(1);
	}

	@Test
	void evictionThatFailedIsMadeUpFor(CapturedOutput output) {
		open(SearchMode.AUTO, Duration.ofMillis(500), () -> {
		});
		ask("1 a");
		ask("2 a");
		this.server.pause();
		for (int i = 0; i < 10; i++) {
			assertThatExceptionOfType(StoreUnavailableException.class)
				.isThrownBy(() -> this.engine.evict(EvictionSelector.all().withPrompt("1 a")));
		}
		this.server.resume();
		awaitHit("2 a");
		assertThat(ask("1 a").outcome()).isEqualTo(Outcome.MISS);
		assertThat(ask("1 a").outcome()).isEqualTo(Outcome.EXACT);
		assertThat(output).containsOnlyOnce("an eviction did not reach Redis");
	}

	@Test
	void readOnlyServerDoesNotServeWhatWasEvicted(CapturedOutput output) {
		open(SearchMode.VECTOR_SET);
		ask("1 a");
		this.server.command("REPLICAOF", "127.0.0.1", "1");
		assertThat(ask("1 a").outcome()).isEqualTo(Outcome.EXACT);
		assertThatExceptionOfType(StoreRefusedException.class)
			.isThrownBy(() -> this.engine.evict(EvictionSelector.all()));
		assertThat(output).containsOnlyOnce("an eviction failed on Redis: Redis takes no writes (READONLY)")
			.doesNotContain("did not reach Redis");
		assertThat(ask("1 a").outcome()).isEqualTo(Outcome.BYPASS);
		assertThat(ask("1 b").outcome()).isEqualTo(Outcome.BYPASS);
		this.server.command("REPLICAOF", "NO", "ONE");
		Awaitility.await().atMost(SOON).until(() -> ask("1 a").outcome() == Outcome.MISS);
	}

	@Test
	void fullServerStillServesWhatItHas(CapturedOutput output) {
		open(SearchMode.VECTOR_SET);
		ask("1 a");
		this.server.command("CONFIG", "SET", "maxmemory", "1");
		assertThat(ask("1 a").outcome()).isEqualTo(Outcome.EXACT);
		assertThat(ask("1 b").outcome()).isEqualTo(Outcome.SEMANTIC);
		assertThat(ask("2 a").outcome()).isEqualTo(Outcome.MISS);
		assertThat(ask("2 a").outcome()).isEqualTo(Outcome.MISS);
		assertThat(output).containsOnlyOnce("STORE (put) failed").containsPattern("STORE \\(put\\) failed.*\\(OOM\\)");
		this.server.command("CONFIG", "SET", "maxmemory", "0");
		ask("2 a");
		assertThat(ask("2 a").outcome()).isEqualTo(Outcome.EXACT);
	}

	@Test
	void readOnlyServerStillServesWhatItHas() {
		open(SearchMode.VECTOR_SET);
		ask("1 a");
		this.server.command("REPLICAOF", "127.0.0.1", "1");
		assertThat(ask("1 a").outcome()).isEqualTo(Outcome.EXACT);
		assertThat(ask("1 b").outcome()).isEqualTo(Outcome.SEMANTIC);
		assertThat(ask("2 a").outcome()).isEqualTo(Outcome.MISS);
		this.server.command("REPLICAOF", "NO", "ONE");
		awaitHit("2 a");
	}

	@Test
	void serverThatIsLoadingIsUsedOnceItHasLoaded() {
		open(SearchMode.VECTOR_SET);
		for (int i = 0; i < 20; i++) {
			ask(i + " a");
		}
		this.server.command("SAVE");
		this.server.kill();
		this.server.startWithoutWaiting("--key-load-delay", "20000", "--loading-process-events-interval-bytes", "1024");
		int bypassed = 0;
		while (ask("1 a").outcome() != Outcome.EXACT) {
			bypassed++;
			assertThat(bypassed).isLessThan(10_000_000);
		}
		assertThat(bypassed).isPositive();
		assertThat(ask("1 b").outcome()).isEqualTo(Outcome.SEMANTIC);
	}

	@Test
	void scriptsThatTheServerForgotAreSentAgain() {
		open(SearchMode.VECTOR_SET);
		ask("1 a");
		this.server.command("SCRIPT", "FLUSH");
		assertThat(ask("1 a").outcome()).isEqualTo(Outcome.EXACT);
		assertThat(this.events.failures()).isEmpty();
	}

	@Test
	void wrongPasswordDoesNotFailCalls(CapturedOutput output) {
		open(SearchMode.AUTO, RedisStoreFixture.TIMEOUT,
				() -> this.server.command("CONFIG", "SET", "requirepass", "x"));
		for (int i = 0; i < 20; i++) {
			assertThat(ask("1 a").outcome()).isEqualTo(Outcome.BYPASS);
		}
		assertThat(output).containsOnlyOnce("Redis does not answer (NOAUTH)").doesNotContain("failed for task");
	}

	@Test
	void firstAnswerMayTakeLongerThanTheTimeout(CapturedOutput output) {
		open(SearchMode.AUTO, Duration.ofMillis(250), () -> this.server.command("CLIENT", "PAUSE", "700"));
		this.store.connect();
		assertThat(this.store.describe()).isEqualTo("Redis (vector sets)");
		assertThat(output).doesNotContain("does not answer");
	}

	@Test
	void rightsThatTheUserLacksAreTold(CapturedOutput output) {
		open(SearchMode.VECTOR_SET);
		ask("1 a");
		this.server.command("ACL", "SETUSER", "default", "-unlink");
		assertThatExceptionOfType(MissingRightsException.class)
			.isThrownBy(() -> this.engine.evict(EvictionSelector.all()))
			.satisfies((ex) -> assertThat(ex.getProblem()).contains("unlink"));
		assertThat(output).containsOnlyOnce("an eviction failed on Redis: the user of Redis may not do this (NOPERM)");
	}

	@ParameterizedTest
	@ValueSource(strings = { "g", "x", "a", "v", "e" })
	void keyOfAnotherTypeMakesRoom(String name) {
		for (SearchMode search : List.of(SearchMode.VECTOR_SET, SearchMode.IN_PROCESS)) {
			open(search);
			ask("1 a");
			for (String key : this.fixture.keys()) {
				if (key.matches(".*:" + name + "(:\\w+)?")) {
					this.server.command("DEL", this.fixture.prefix() + key);
					this.server.command("SET", this.fixture.prefix() + key, "garbage");
				}
			}
			assertThat(ask("1 b").value()).isEqualTo("answer to 1");
			ask("1 a");
			ask("2 a");
			assertThat(ask("1 a").outcome()).isIn(Outcome.EXACT, Outcome.SEMANTIC);
			assertThat(ask("2 a").outcome()).isEqualTo(Outcome.EXACT);
			assertThat(this.engine.evict(EvictionSelector.all())).isPositive();
			assertThat(ask("1 a").outcome()).isEqualTo(Outcome.MISS);
			assertThat(this.events.failures()).isEmpty();
			close();
		}
		open(SearchMode.AUTO);
	}

	@ParameterizedTest
	@ValueSource(strings = { "payload", "metadata", "prompt", "generation" })
	void entryThatCannotBeReadIsAMissAndIsReplaced(String field) {
		for (SearchMode search : List.of(SearchMode.VECTOR_SET, SearchMode.IN_PROCESS)) {
			for (boolean missing : new boolean[] { false, true }) {
				open(search);
				ask("1 a");
				for (String key : this.fixture.keys()) {
					if (key.contains(":e:")) {
						this.server.command("HSET", this.fixture.prefix() + key, field, "\u0000garbage");
						if (missing) {
							this.server.command("HDEL", this.fixture.prefix() + key, field);
						}
					}
				}
				assertThat(ask("1 b").value()).isEqualTo("answer to 1");
				assertThat(ask("1 a").value()).isEqualTo("answer to 1");
				assertThat(ask("1 a").outcome()).isIn(Outcome.EXACT, Outcome.SEMANTIC);
				close();
			}
		}
		open(SearchMode.AUTO);
	}

	@Test
	void stateOfAnotherFormIsBegunAnew() {
		open(SearchMode.VECTOR_SET);
		ask("1 a");
		String state = this.fixture.keys().stream().filter((key) -> key.endsWith(":g")).findFirst().orElseThrow();
		this.server.command("HSET", this.fixture.prefix() + state, "generation", "garbage");
		ask("2 a");
		assertThat(ask("2 a").outcome()).isEqualTo(Outcome.EXACT);
	}

	@Test
	void serverThatLostItsVectorSetsIsSearchedInProcess() {
		open(SearchMode.AUTO);
		ask("1 a");
		int port = this.server.port();
		this.server.kill();
		RedisServer older = RedisServer.startOn(port, RedisKind.REDIS_7);
		try {
			awaitHit("1 a");
			Awaitility.await().atMost(SOON).until(() -> {
				ask("2 a");
				ask("2 b");
				return this.store.describe().equals("Redis (in-process index)");
			});
			ask("3 a");
			assertThat(ask("3 b").outcome()).isEqualTo(Outcome.SEMANTIC);
		}
		finally {
			older.close();
		}
	}

	@Test
	void vectorSetsThatTheServerLacksAreAnErrorOfTheSettings() {
		this.server = RedisServer.start(RedisKind.REDIS_7);
		this.fixture = new RedisStoreFixture(new RedisStandaloneConfiguration("127.0.0.1", this.server.port()));
		RedisCacheStore demanding = this.fixture.store(this.fixture.settings(SearchMode.VECTOR_SET));
		assertThatExceptionOfType(SearchSelection.UnsupportedServerException.class).isThrownBy(demanding::connect)
			.satisfies((ex) -> assertThat(ex.getProblem()).contains("nknown"));
	}

	private void open(SearchMode search) {
		open(search, RedisStoreFixture.TIMEOUT, () -> {
		});
	}

	private void open(SearchMode search, Duration timeout, Runnable before) {
		this.server = RedisServer.start(RedisKind.REDIS_8, "--enable-debug-command", "local");
		this.fixture = new RedisStoreFixture(new RedisStandaloneConfiguration("127.0.0.1", this.server.port()));
		before.run();
		this.store = this.fixture.store(this.fixture.settings(search), timeout, this.events);
		this.engine = new EngineOnRedis(this.store, this.events);
	}

	private CachedAnswer<String> ask(String prompt) {
		return this.engine.ask(prompt);
	}

	private void awaitHit(String prompt) {
		Awaitility.await().atMost(SOON).until(() -> ask(prompt).outcome() == Outcome.EXACT);
	}

	private static boolean allWait(List<Thread> callers) {
		return callers.stream().allMatch((caller) -> caller.getState() == Thread.State.TIMED_WAITING);
	}

}
