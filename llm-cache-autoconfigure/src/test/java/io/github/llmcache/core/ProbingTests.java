package io.github.llmcache.core;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.util.ClassUtils;

import io.github.llmcache.answer.AnswerEquivalence;
import io.github.llmcache.answer.CachedAnswer;
import io.github.llmcache.answer.Outcome;
import io.github.llmcache.calibration.TrafficCalibration;
import io.github.llmcache.codec.JacksonPayloadCodec;
import io.github.llmcache.codec.PayloadCodec;
import io.github.llmcache.embedding.TextEmbedder;
import io.github.llmcache.event.LlmCacheListener;
import io.github.llmcache.judge.EquivalenceJudge;
import io.github.llmcache.judge.JudgeSettings;
import io.github.llmcache.key.DigestPromptKeyGenerator;
import io.github.llmcache.policy.Accuracy;
import io.github.llmcache.policy.Accuracy.Evidence;
import io.github.llmcache.policy.CachePolicy;
import io.github.llmcache.store.CacheStore;
import io.github.llmcache.store.SemanticCacheStore;
import io.github.llmcache.store.redis.RedisCacheStore;
import io.github.llmcache.store.redis.RedisStoreFixture;
import io.github.llmcache.store.redis.SearchMode;
import io.github.llmcache.store.redis.server.Monitor;
import io.github.llmcache.store.redis.server.RedisKind;
import io.github.llmcache.store.redis.server.RedisServer;
import io.github.llmcache.test.MutableClock;
import io.github.llmcache.test.contract.Entries;
import io.github.llmcache.verify.MatchVerifier;
import io.github.llmcache.verify.ParaphraseModel;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A call that wants to find out what another tenant has asked takes the very steps of a
 * call that asks what nobody has asked, so that neither its outcome nor its time tells.
 * Steps are compared, and not times, which differ with whatever else the machine does.
 */
class ProbingTests {

	private static final String SECRET = "is the merger with globex called off";

	private static final String REWORDED = "has the merger with globex been called off";

	private static final String NEVER_ASKED = "is the merger with initec called off";

	private static final String FIRST = "where is my parcel";

	private final List<String> steps = new ArrayList<>();

	@AutoClose
	private @Nullable RedisStoreFixture fixture;

	@ParameterizedTest
	@ValueSource(strings = { SECRET, REWORDED })
	void probeTakesTheStepsOfACallThatAsksWhatNobodyAsked(String probe) {
		LlmCache cache = cache(TestCaches.store());
		prepare(cache);
		List<String> probing = steps(cache, probe, "prober", Outcome.MISS);
		assertThat(steps(cache, NEVER_ASKED, "innocent", Outcome.MISS)).isEqualTo(probing)
			.contains("store.find", "embed", "store.findSimilar", "load", "store.put");
	}

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = "AUTO")
	void serverDoesTheSameForAProbe(SearchMode search) throws Exception {
		try (RedisServer server = RedisServer.start(RedisKind.REDIS_8)) {
			this.fixture = new RedisStoreFixture(new RedisStandaloneConfiguration("127.0.0.1", server.port()));
			RedisCacheStore store = this.fixture.store(this.fixture.settings(search));
			store.connect();
			LlmCache cache = cache(store);
			prepare(cache);
			try (Monitor monitor = new Monitor(server)) {
				List<String> probing = steps(cache, SECRET, "prober", Outcome.MISS);
				List<String> commands = monitor.commands();
				assertThat(steps(cache, NEVER_ASKED, "innocent", Outcome.MISS)).isEqualTo(probing);
				assertThat(monitor.commands()).isEqualTo(commands).contains("EVALSHA", "lua HSET");
				assertThat(steps(cache, REWORDED, "prober", Outcome.SEMANTIC)).isNotEqualTo(probing);
				assertThat(monitor.commands()).isNotEqualTo(commands);
			}
		}
	}

	@Test
	void stepsTellWhatOneHasAskedOneself() {
		LlmCache cache = cache(TestCaches.store());
		prepare(cache);
		List<String> missing = steps(cache, NEVER_ASKED, "victim", Outcome.MISS);
		assertThat(steps(cache, SECRET, "victim", Outcome.EXACT)).isNotEqualTo(missing).doesNotContain("load");
		assertThat(steps(cache, REWORDED, "victim", Outcome.SEMANTIC)).isNotEqualTo(missing).doesNotContain("load");
	}

	/**
	 * All three have asked something before; the victim has its secret, too.
	 */
	private void prepare(LlmCache cache) {
		for (String scope : List.of("victim", "prober", "innocent")) {
			steps(cache, FIRST, scope, Outcome.MISS);
		}
		steps(cache, SECRET, "victim", Outcome.MISS);
	}

	private List<String> steps(LlmCache cache, String prompt, String scope, Outcome expected) {
		this.steps.clear();
		CachedAnswer<String> answer = cache.get(CacheRequest.forTask("support", String.class)
			.prompt(prompt)
			.model("small")
			.scope(scope)
			.semantic(true)
			.policy((policy) -> policy.minSimilarity(0.8))
			.build(), () -> {
				this.steps.add("load");
				return "An answer to a question.";
			});
		assertThat(answer.outcome()).isEqualTo(expected);
		return List.copyOf(this.steps);
	}

	private LlmCache cache(SemanticCacheStore store) {
		MutableClock clock = new MutableClock();
		MatchVerifier verifier = (match) -> {
			this.steps.add("verify");
			return MatchVerifier.Verdict.accept();
		};
		ParaphraseModel paraphrases = recorded(ParaphraseModel.class, "paraphrases", (prompt, cached) -> 0.9);
		EquivalenceJudge judge = (inquiry) -> {
			this.steps.add("judge");
			return AnswerEquivalence.Verdict.UNKNOWN;
		};
		return new LlmCacheBuilder((CacheStore) recorded(store, "store"),
				recorded(PayloadCodec.class, "codec", new JacksonPayloadCodec(JsonMapper.builder().build())),
				new DigestPromptKeyGenerator())
			.semantic(embedder(), verifier)
			.paraphrases(paraphrases)
			.judge(judge, new JudgeSettings(true, Duration.ofMinutes(1), 1_000, 0.3, 1, 3, 1_000), Runnable::run)
			.policies((task, requested) -> requested
				.applyTo(CachePolicy.DEFAULT.mutate().accuracy(new Accuracy(Evidence.AUTO, 0.95, 0.5, 0)).build()))
			.calibration(new TrafficCalibration(store, Runnable::run, clock, () -> 0.5, LlmCacheListener.NO_OP),
					(compared) -> {
						this.steps.add("compare");
						return AnswerEquivalence.Verdict.UNKNOWN;
					}, Runnable::run)
			.executor(Runnable::run, (task) -> task)
			.build();
	}

	private TextEmbedder embedder() {
		return new TextEmbedder() {

			@Override
			public float[] embed(String text) {
				ProbingTests.this.steps.add("embed");
				return Entries.vector(switch (text) {
					case SECRET -> 0;
					case REWORDED -> 1;
					case NEVER_ASKED -> 170;
					default -> 90;
				});
			}

			@Override
			public int dimensions() {
				return 2;
			}

			@Override
			public String fingerprint() {
				return "angles";
			}

		};
	}

	private <T> T recorded(Class<T> type, String name, T target) {
		return type.cast(recorded(target, name));
	}

	/**
	 * The same object, with each of its steps written down.
	 */
	private Object recorded(Object target, String name) {
		return Proxy.newProxyInstance(getClass().getClassLoader(), ClassUtils.getAllInterfaces(target),
				(proxy, method, arguments) -> {
					if (!method.getName().equals("fingerprint") && !method.getName().equals("onErasure")) {
						this.steps.add(name + "." + method.getName());
					}
					try {
						return method.invoke(target, arguments);
					}
					catch (InvocationTargetException ex) {
						throw ex.getTargetException();
					}
				});
	}

}
