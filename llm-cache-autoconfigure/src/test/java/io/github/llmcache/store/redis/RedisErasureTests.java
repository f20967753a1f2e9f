package io.github.llmcache.store.redis;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.data.redis.connection.RedisClusterConfiguration;
import org.springframework.data.redis.connection.RedisConfiguration;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;

import io.github.llmcache.answer.AnswerEquivalence;
import io.github.llmcache.answer.CachedAnswer;
import io.github.llmcache.answer.Outcome;
import io.github.llmcache.calibration.TrafficCalibration;
import io.github.llmcache.codec.JacksonPayloadCodec;
import io.github.llmcache.core.CacheRequest;
import io.github.llmcache.core.LlmCache;
import io.github.llmcache.core.LlmCacheBuilder;
import io.github.llmcache.embedding.AngleEmbedder;
import io.github.llmcache.event.LlmCacheListener;
import io.github.llmcache.feedback.Feedback;
import io.github.llmcache.key.DigestPromptKeyGenerator;
import io.github.llmcache.policy.Accuracy;
import io.github.llmcache.policy.Accuracy.Evidence;
import io.github.llmcache.policy.CachePolicy;
import io.github.llmcache.store.Erasure;
import io.github.llmcache.store.EvictionSelector;
import io.github.llmcache.store.Partition;
import io.github.llmcache.store.redis.server.RedisDump;
import io.github.llmcache.store.redis.server.RedisKind;
import io.github.llmcache.store.redis.server.RedisServer;
import io.github.llmcache.store.redis.server.RedisServers;
import io.github.llmcache.verify.MatchVerifier.Verdict;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A scope that is erased is gone from the server and from all instances.
 */
class RedisErasureTests {

	private static final List<String> PROMPTS = List.of("how do i cancel my order", "how do i cancel my account",
			"how can i cancel an order", "where is my parcel");

	private static final String SCOPE = "tenant-of-the-east";

	private final AngleEmbedder embedder = new AngleEmbedder("angles").at(0, PROMPTS.get(0))
		.at(1, PROMPTS.get(1))
		.at(2, PROMPTS.get(2))
		.at(90, PROMPTS.get(3));

	@AutoClose
	private RedisStoreFixture fixture;

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = "AUTO")
	void nothingOfAnErasedScopeIsLeftOnTheServer(SearchMode search) {
		try (RedisServer server = RedisServer.start(RedisKind.REDIS_8, RedisDump.OPTIONS)) {
			open(new RedisStandaloneConfiguration("127.0.0.1", server.port()));
			RedisCacheStore store = store(search);
			LlmCache cache = cache(store);
			LlmCache other = cache(store(search));
			use(cache, other, SCOPE);
			use(cache, other, "stays");
			Set<String> partitions = partitions(store, SCOPE);
			Set<String> kept = partitions(store, "stays");
			RedisDump before = RedisDump.of(server);
			assertThat(PROMPTS).anyMatch(before::holds);
			assertThat(before.holds("answer for " + SCOPE)).isTrue();
			assertThat(partitions).isNotEmpty().allMatch(before::holds);

			Erasure erasure = cache.erase(SCOPE);

			assertThat(erasure.isComplete()).isTrue();
			assertThat(List.of(erasure.partitions(), erasure.entries(), erasure.aliases(), erasure.refusals(),
					erasure.observations()))
				.allMatch((erased) -> erased > 0);
			RedisDump after = RedisDump.of(server);
			assertThat(after.holds("answer for " + SCOPE)).isFalse();
			assertThat(partitions).noneMatch(after::holds);
			assertThat(after.holds(SCOPE)).isFalse();
			assertThat(this.fixture.keys())
				.noneMatch((key) -> partitions.stream().anyMatch((partition) -> key.contains(partition)));
			assertThat(after.holds("answer for stays")).isTrue();
			assertThat(kept).isNotEmpty().allMatch(after::holds);
			assertThat(ask(other, PROMPTS.get(0), SCOPE).outcome()).isEqualTo(Outcome.MISS);
			assertThat(ask(cache, PROMPTS.get(2), SCOPE).outcome()).isEqualTo(Outcome.SEMANTIC);
			assertThat(ask(other, PROMPTS.get(2), "stays").outcome()).isNotEqualTo(Outcome.MISS);
			assertThat(cache.erase("stays").isComplete()).isTrue();
			assertThat(cache.erase(SCOPE).isComplete()).isTrue();
			RedisDump end = RedisDump.of(server);
			assertThat(PROMPTS).noneMatch(end::holds);
			assertThat(end.holds("answer for")).isFalse();
		}
	}

	@Test
	void nothingIsLeftOnACluster() {
		open(new RedisClusterConfiguration(RedisServers.sharedCluster().nodes()));
		RedisCacheStore store = store(SearchMode.AUTO);
		LlmCache cache = cache(store);
		use(cache, cache(store(SearchMode.AUTO)), SCOPE);
		Set<String> partitions = partitions(store, SCOPE);
		assertThat(cache.erase(SCOPE).isComplete()).isTrue();
		assertThat(partitions).isNotEmpty();
		assertThat(partitions(store, SCOPE)).isEmpty();
	}

	@Test
	void otherInstancesForgetWhatTheyHaveInMemory() {
		openShared();
		RedisCacheStore store = store(SearchMode.IN_PROCESS);
		LlmCache cache = cache(store);
		RedisCacheStore otherStore = store(SearchMode.IN_PROCESS);
		LlmCache other = cache(otherStore);
		otherStore.settings();
		use(cache, other, SCOPE);
		use(cache, other, "stays");
		assertThat(scopesKnownTo(other)).contains(SCOPE, "stays");
		cache.erase(SCOPE);
		assertThat(scopesKnownTo(cache)).contains("stays").doesNotContain(SCOPE);
		otherStore.settings();
		assertThat(scopesKnownTo(other)).contains("stays").doesNotContain(SCOPE);
	}

	@Test
	void instanceThatDidNotHearForLongForgetsEverything() {
		openShared();
		RedisCacheStore store = store(SearchMode.IN_PROCESS);
		LlmCache cache = cache(store);
		ScopeErasure erasure = new ScopeErasure(new RedisKeys("unused", 1), null, Sealing.NONE, null, null, null, null,
				null, null);
		Set<String> erased = new TreeSet<>();
		Partition partition = new Partition("id", "task", null, null, SCOPE);
		erasure.onErasure((which) -> erased.add(which.test(partition) ? "everything" : "nothing"));
		erasure.heard(1_000, new Reply(List.of()));
		erasure.heard(1_000 + Duration.ofMinutes(9).toMillis(), new Reply(List.of()));
		assertThat(erased).isEmpty();
		erasure.heard(1_000 + Duration.ofMinutes(19).toMillis(), new Reply(List.of()));
		assertThat(erased).containsExactly("everything");
		assertThat(cache.erase("nobody")).isEqualTo(Erasure.NOTHING);
	}

	@Test
	void announcementOfAnErasureIsGoneAfterMinutes() {
		openShared();
		RedisCacheStore store = store(SearchMode.AUTO);
		store.erase(SCOPE);
		assertThat(this.fixture.keys()).anyMatch((key) -> key.endsWith(":erased"));
		this.fixture.elapse(Duration.ofMinutes(10));
		assertThat(this.fixture.keys()).isEmpty();
	}

	/**
	 * Leaves something of every kind: entries, vectors, aliases, refusals, observations.
	 */
	private void use(LlmCache one, LlmCache other, String scope) {
		ask(one, PROMPTS.get(0), scope);
		ask(one, PROMPTS.get(3), scope);
		CachedAnswer<String> right = ask(other, PROMPTS.get(2), scope);
		assertThat(right.outcome()).isEqualTo(Outcome.SEMANTIC);
		one.feedback(Feedback.right("support", right.entryId()).withPrompt(PROMPTS.get(2)));
		CachedAnswer<String> wrong = ask(other, PROMPTS.get(1), scope);
		one.feedback(Feedback.wrong("support", wrong.entryId()).withPrompt(PROMPTS.get(1)));
		ask(one, PROMPTS.get(0), scope);
		ask(one, PROMPTS.get(2), scope);
	}

	private static Set<String> partitions(RedisCacheStore store, String scope) {
		return store.partitions(EvictionSelector.all().withScope(scope), null, 100)
			.stream()
			.map(Partition::id)
			.collect(Collectors.toSet());
	}

	private static Set<String> scopesKnownTo(LlmCache cache) {
		return cache.partitions(EvictionSelector.all(), 100)
			.stream()
			.map((known) -> String.valueOf(known.partition().scope()))
			.collect(Collectors.toSet());
	}

	private void openShared() {
		open(new RedisStandaloneConfiguration("127.0.0.1", RedisServers.shared(RedisKind.REDIS_8).port()));
	}

	private void open(RedisConfiguration server) {
		this.fixture = new RedisStoreFixture(server);
	}

	private RedisCacheStore store(SearchMode search) {
		return this.fixture.store(this.fixture.settings(search));
	}

	private LlmCache cache(RedisCacheStore store) {
		return new LlmCacheBuilder(store, new JacksonPayloadCodec(JsonMapper.builder().build()),
				new DigestPromptKeyGenerator())
			.semantic(this.embedder, (match) -> Verdict.accept())
			.policies((task, requested) -> requested
				.applyTo(CachePolicy.DEFAULT.mutate().accuracy(new Accuracy(Evidence.AUTO, 0.95, 0.5, 0)).build()))
			.calibration(
					new TrafficCalibration(store, Runnable::run, Clock.systemUTC(), () -> 0.5, LlmCacheListener.NO_OP),
					(compared) -> AnswerEquivalence.Verdict.of(compared.answer().equals(compared.cachedAnswer())),
					Runnable::run)
			.build();
	}

	private static CachedAnswer<String> ask(LlmCache cache, String prompt, String scope) {
		CacheRequest<String> request = CacheRequest.forTask("support", String.class)
			.prompt(prompt)
			.scope(scope)
			.semantic(true)
			.policy((policy) -> policy.minSimilarity(0.8))
			.build();
		return cache.get(request, () -> "answer for " + scope);
	}

}
