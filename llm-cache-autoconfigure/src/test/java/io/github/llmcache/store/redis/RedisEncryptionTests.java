package io.github.llmcache.store.redis;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;

import io.github.llmcache.answer.AnswerEquivalence;
import io.github.llmcache.answer.CachedAnswer;
import io.github.llmcache.answer.Outcome;
import io.github.llmcache.calibration.TrafficCalibration;
import io.github.llmcache.codec.JacksonPayloadCodec;
import io.github.llmcache.core.CacheRequest;
import io.github.llmcache.core.LlmCache;
import io.github.llmcache.core.LlmCacheBuilder;
import io.github.llmcache.test.RecordingListener;
import io.github.llmcache.embedding.AngleEmbedder;
import io.github.llmcache.encryption.KeyedPromptKeyGenerator;
import io.github.llmcache.encryption.TestKeys;
import io.github.llmcache.encryption.ValueCipher;
import io.github.llmcache.event.LlmCacheListener;
import io.github.llmcache.feedback.Feedback;
import io.github.llmcache.key.CacheIdentity;
import io.github.llmcache.key.DigestPromptKeyGenerator;
import io.github.llmcache.platform.Sha256;
import io.github.llmcache.policy.Accuracy;
import io.github.llmcache.policy.Accuracy.Evidence;
import io.github.llmcache.policy.CachePolicy;
import io.github.llmcache.store.CacheKey;
import io.github.llmcache.test.contract.Entries;
import io.github.llmcache.store.EvictionSelector;
import io.github.llmcache.store.redis.server.RedisDump;
import io.github.llmcache.store.redis.server.RedisKind;
import io.github.llmcache.store.redis.server.RedisServer;
import io.github.llmcache.store.redis.server.RedisServers;
import io.github.llmcache.verify.MatchVerifier.Verdict;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What Redis holds of entries that are encrypted, and what becomes of them when keys
 * change.
 */
@ExtendWith(OutputCaptureExtension.class)
class RedisEncryptionTests {

	private static final List<String> PROMPTS = List.of("how do i cancel my order", "how do i cancel my account",
			"how can i cancel an order", "where is my parcel");

	private static final String SCOPE = "tenant-of-the-east";

	private static final String ANSWER = "Open Settings and choose Appearance";

	private final AngleEmbedder embedder = new AngleEmbedder("angles").at(0, PROMPTS.get(0))
		.at(1, PROMPTS.get(1))
		.at(2, PROMPTS.get(2))
		.at(90, PROMPTS.get(3));

	private final RecordingListener events = new RecordingListener();

	@AutoClose
	private RedisStoreFixture fixture;

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = "AUTO")
	void dumpOfTheServerHoldsNoPromptAnswerOrScope(SearchMode search) {
		assertThat(secretsInADump(search, TestKeys.cipher("first"))).isEmpty();
	}

	@Test
	void dumpHoldsAllOfThemWithoutEncryption() {
		assertThat(secretsInADump(SearchMode.IN_PROCESS, null)).contains(PROMPTS.get(0), ANSWER, "red-tag",
				"chat-model", "v1-template", "digest of the scope", "digest of the answer", "digest of the prompt",
				"embedding");
	}

	private List<String> secretsInADump(SearchMode search, ValueCipher cipher) {
		try (RedisServer server = RedisServer.start(RedisKind.REDIS_8, RedisDump.OPTIONS)) {
			open(server);
			RedisCacheStore store = store(cipher, search);
			LlmCache cache = cache(store, cipher);
			ask(cache, PROMPTS.get(0));
			ask(cache, PROMPTS.get(3));
			CachedAnswer<String> right = ask(cache, PROMPTS.get(2));
			assertThat(right.outcome()).isEqualTo(Outcome.SEMANTIC);
			cache.feedback(Feedback.right("support", right.entryId()).withPrompt(PROMPTS.get(2)));
			CachedAnswer<String> wrong = ask(cache, PROMPTS.get(1));
			cache.feedback(Feedback.wrong("support", wrong.entryId()).withPrompt(PROMPTS.get(1)));
			ask(cache, PROMPTS.get(0));
			assertThat(ask(cache, PROMPTS.get(2)).outcome()).isEqualTo(Outcome.SEMANTIC);
			assertThat(this.fixture.keys()).anyMatch((key) -> key.contains(":w:"))
				.anyMatch((key) -> key.endsWith(":n"))
				.anyMatch((key) -> key.endsWith(":o"));
			RedisDump dump = RedisDump.of(server);
			List<String> found = new ArrayList<>();
			List<String> secrets = new ArrayList<>(PROMPTS);
			secrets.addAll(List.of(SCOPE, ANSWER, "red-tag", "chat-model", "v1-template"));
			secrets.stream().filter(dump::holds).forEach(found::add);
			CacheKey plain = new DigestPromptKeyGenerator().generate(
					new CacheIdentity("support", "java.lang.String", "chat-model", "v1-template", SCOPE, List.of()),
					"angles", PROMPTS.get(0));
			note(found, dump.holds(Sha256.hex(SCOPE)), "digest of the scope");
			note(found, dump.holds(Sha256.hex(('"' + ANSWER + '"').getBytes(StandardCharsets.UTF_8)).substring(0, 16)),
					"digest of the answer");
			String digest = (cipher == null) ? store.partitions(EvictionSelector.all(), null, 1).get(0).id()
					: plain.partition().id();
			note(found, dump.holds(digest), "digest of the prompt");
			if (search == SearchMode.IN_PROCESS) {
				note(found, dump.holds(EntryFormat.bytes(Entries.vector(90))), "embedding");
			}
			return found;
		}
	}

	private static void note(List<String> found, boolean there, String what) {
		if (there) {
			found.add(what);
		}
	}

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = "AUTO")
	void rotationUnderLoadLosesNothing(SearchMode search) throws Exception {
		open(RedisServers.shared(RedisKind.REDIS_8));
		List<TestKeys> keys = List.of(new TestKeys("first"), new TestKeys("first"));
		List<LlmCache> instances = keys.stream()
			.map(ValueCipher::new)
			.map((cipher) -> cache(store(cipher, search), cipher))
			.toList();
		AtomicInteger loads = new AtomicInteger();
		List<String> prompts = IntStream.range(0, 50).mapToObj((i) -> "question number " + i).toList();
		prompts.forEach((prompt) -> ask(instances.get(0), prompt, loads));
		assertThat(loads).hasValue(50);
		AtomicInteger asked = new AtomicInteger();
		AtomicInteger fresh = new AtomicInteger();
		ExecutorService threads = Executors.newFixedThreadPool(4);
		try {
			// each step reaches one instance after the other, as a rolling restart does
			List<Runnable> steps = List.of(() -> keys.get(0).rotate("first", "second"),
					() -> keys.get(1).rotate("first", "second"), () -> keys.get(0).rotate("second", "first"),
					() -> keys.get(1).rotate("second", "first"));
			AtomicInteger running = new AtomicInteger(steps.size());
			List<Future<?>> futures = new ArrayList<>();
			for (int thread = 0; thread < 4; thread++) {
				LlmCache cache = instances.get(thread % 2);
				int seed = thread;
				futures.add(threads.submit(() -> {
					for (int i = seed; running.get() >= 0; i++) {
						ask(cache, prompts.get(i % 50), loads);
						ask(cache, "asked meanwhile by " + seed + ": " + i, fresh);
						ask(instances.get((seed + 1) % 2), "asked meanwhile by " + seed + ": " + i, loads);
						asked.incrementAndGet();
					}
					return null;
				}));
			}
			for (Runnable step : steps) {
				int before = asked.get();
				while (asked.get() < before + 100 && futures.stream().noneMatch(Future::isDone)) {
					Thread.onSpinWait();
				}
				step.run();
				running.decrementAndGet();
			}
			running.decrementAndGet();
			for (Future<?> future : futures) {
				future.get();
			}
		}
		finally {
			threads.shutdownNow();
		}
		assertThat(asked).hasValueGreaterThanOrEqualTo(400);
		assertThat(fresh).hasValue(asked.get());
		assertThat(loads).hasValue(50);
		assertThat(this.events.failures()).isEmpty();
	}

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = "AUTO")
	void wrongKeyIsAMissWithOneErrorAndHurtsNobody(SearchMode search, CapturedOutput output) {
		open(RedisServers.shared(RedisKind.REDIS_8));
		ValueCipher first = TestKeys.cipher("first");
		ValueCipher second = TestKeys.cipher("second");
		LlmCache one = cache(store(first, search), first);
		LlmCache other = cache(store(second, search), second);
		for (String prompt : PROMPTS) {
			ask(one, prompt);
		}
		assertThat(output).doesNotContain("cannot be decrypted");
		AtomicInteger loads = new AtomicInteger();
		assertThat(ask(other, PROMPTS.get(2), loads).outcome()).isEqualTo(Outcome.MISS);
		assertThat(ask(one, PROMPTS.get(0), loads).outcome()).isEqualTo(Outcome.EXACT);
		assertThat(ask(one, PROMPTS.get(3), loads).outcome()).isEqualTo(Outcome.EXACT);
		assertThat(ask(other, PROMPTS.get(3), loads).outcome()).isEqualTo(Outcome.MISS);
		assertThat(ask(other, PROMPTS.get(3), loads).outcome()).isEqualTo(Outcome.EXACT);
		assertThat(ask(one, PROMPTS.get(3), loads).outcome()).isEqualTo(Outcome.MISS);
		assertThat(loads).hasValue(3);
		assertThat(this.events.failures()).isEmpty();
		assertThat(output.getAll().split("an entry on Redis cannot be decrypted", -1)).hasSize(3);
		assertThat(output).contains("llm-cache.encryption.keys").doesNotContain(PROMPTS.get(2));
	}

	@Test
	void answerThatIsPutInThePlaceOfAnotherOneIsAMiss() {
		RedisServer server = RedisServers.shared(RedisKind.REDIS_8);
		open(server);
		ValueCipher cipher = TestKeys.cipher("first");
		LlmCache cache = cache(store(cipher, SearchMode.IN_PROCESS), cipher);
		ask(cache, PROMPTS.get(0));
		ask(cache, PROMPTS.get(3));
		List<String> entries = this.fixture.keys().stream().filter((key) -> key.contains(":e:")).toList();
		assertThat(entries).hasSize(2);
		String script = "redis.call('HSET', KEYS[1], 'payload', redis.call('HGET', KEYS[2], 'payload')) return 1";
		server.command("EVAL", script, "2", this.fixture.prefix() + entries.get(0),
				this.fixture.prefix() + entries.get(1));
		Set<Outcome> outcomes = Set.of(ask(cache, PROMPTS.get(0)).outcome(), ask(cache, PROMPTS.get(3)).outcome());
		assertThat(outcomes).containsExactlyInAnyOrder(Outcome.MISS, Outcome.EXACT);
		assertThat(this.events.failures()).isEmpty();
	}

	private void open(RedisServer server) {
		this.fixture = new RedisStoreFixture(new RedisStandaloneConfiguration("127.0.0.1", server.port()));
	}

	private RedisCacheStore store(ValueCipher cipher, SearchMode search) {
		return this.fixture.encrypting(cipher)
			.store(this.fixture.settings(search), RedisStoreFixture.TIMEOUT, this.events);
	}

	private LlmCache cache(RedisCacheStore store, ValueCipher cipher) {
		DigestPromptKeyGenerator keys = new DigestPromptKeyGenerator();
		return new LlmCacheBuilder(store, new JacksonPayloadCodec(JsonMapper.builder().build()),
				(cipher != null) ? new KeyedPromptKeyGenerator(keys, cipher) : keys)
			.semantic(this.embedder, (match) -> Verdict.accept())
			.listener(this.events)
			.policies((task, requested) -> requested
				.applyTo(CachePolicy.DEFAULT.mutate().accuracy(new Accuracy(Evidence.AUTO, 0.95, 0.5, 0)).build()))
			.calibration(
					new TrafficCalibration(store, Runnable::run, Clock.systemUTC(), () -> 0.5, LlmCacheListener.NO_OP),
					(compared) -> AnswerEquivalence.Verdict.of(compared.answer().equals(compared.cachedAnswer())),
					Runnable::run)
			.build();
	}

	private static CachedAnswer<String> ask(LlmCache cache, String prompt) {
		return ask(cache, prompt, new AtomicInteger());
	}

	private static CachedAnswer<String> ask(LlmCache cache, String prompt, AtomicInteger loads) {
		CacheRequest<String> request = CacheRequest.forTask("support", String.class)
			.prompt(prompt)
			.model("chat-model")
			.template("v1-template")
			.scope(SCOPE)
			.tag("red-tag")
			.semantic(PROMPTS.contains(prompt))
			.policy((policy) -> policy.minSimilarity(0.8))
			.build();
		return cache.get(request, () -> {
			loads.incrementAndGet();
			return ANSWER;
		});
	}

}
