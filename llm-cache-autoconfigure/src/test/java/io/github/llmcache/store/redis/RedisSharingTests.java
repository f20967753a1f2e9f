package io.github.llmcache.store.redis;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.data.redis.connection.RedisClusterConfiguration;
import org.springframework.data.redis.connection.RedisConfiguration;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;

import io.github.llmcache.answer.CachedAnswer;
import io.github.llmcache.answer.Outcome;
import io.github.llmcache.codec.JacksonPayloadCodec;
import io.github.llmcache.core.CacheRequest;
import io.github.llmcache.core.LlmCache;
import io.github.llmcache.core.LlmCacheBuilder;
import io.github.llmcache.embedding.AngleEmbedder;
import io.github.llmcache.encryption.KeyedPromptKeyGenerator;
import io.github.llmcache.encryption.TestKeys;
import io.github.llmcache.encryption.ValueCipher;
import io.github.llmcache.key.DigestPromptKeyGenerator;
import io.github.llmcache.platform.Sha256;
import io.github.llmcache.store.Erasure;
import io.github.llmcache.store.EvictionSelector;
import io.github.llmcache.store.Partition;
import io.github.llmcache.store.redis.server.Monitor;
import io.github.llmcache.store.redis.server.RedisDump;
import io.github.llmcache.store.redis.server.RedisKind;
import io.github.llmcache.store.redis.server.RedisServer;
import io.github.llmcache.store.redis.server.RedisServers;
import io.github.llmcache.verify.MatchVerifier.Verdict;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Scopes share answers through Redis, whatever instance they ask.
 */
class RedisSharingTests {

	private static final String PROMPT = "how do i cancel my order";

	private static final String WORDING = "how can i cancel an order";

	private static final String ANSWER = "by the button below the order";

	private final AngleEmbedder embedder = new AngleEmbedder("angles").at(0, PROMPT)
		.at(1, WORDING)
		.at(90, "something else")
		.at(180, "another question");

	private int shards = 1;

	@AutoClose
	private RedisStoreFixture fixture;

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = "AUTO")
	void answerIsServedByAllInstancesWhenEnoughScopesHaveItOnAnyOfThem(SearchMode search) {
		open(new RedisStandaloneConfiguration("127.0.0.1", RedisServers.shared(RedisKind.REDIS_8).port()));
		LlmCache one = cache(store(search), null);
		LlmCache other = cache(store(search), null);
		shareOn(one, other);
		one.evict(EvictionSelector.all().withScope("tenant-2"));
		assertThat(ask(other, PROMPT, "tenant-4", "another answer").outcome()).isEqualTo(Outcome.MISS);
		assertThat(ask(other, WORDING, "tenant-6", "another answer").outcome()).isEqualTo(Outcome.MISS);
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 3 })
	void partitionsOfScopesAreInDifferentSlotsOfACluster(int shards) {
		this.shards = shards;
		open(new RedisClusterConfiguration(RedisServers.sharedCluster().nodes()));
		LlmCache cache = cache(store(SearchMode.AUTO), null);
		shareOn(cache, cache(store(SearchMode.AUTO), null));
		assertThat(cache.erase("tenant-1").voices()).isOne();
		assertThat(ask(cache, PROMPT, "tenant-4", "another answer").outcome()).isEqualTo(Outcome.MISS);
	}

	@ParameterizedTest
	@CsvSource({ "1, 1", "3, 3", "3, 1", "1, 3" })
	void nothingOfAnErasedScopeIsLeftOfWhatItHasShared(int shards, int shardsLater) {
		this.shards = shards;
		try (RedisServer server = RedisServer.start(RedisKind.REDIS_8, RedisDump.OPTIONS)) {
			open(new RedisStandaloneConfiguration("127.0.0.1", server.port()));
			RedisCacheStore store = store(SearchMode.AUTO);
			LlmCache cache = cache(store, null);
			shareOn(cache, cache);
			Set<String> partitions = partitions(store, "tenant-2");
			this.shards = shardsLater;
			cache = cache(store(SearchMode.AUTO), null);
			RedisDump before = RedisDump.of(server);
			assertThat(partitions).isNotEmpty().allMatch(before::holds);
			Erasure erasure = cache.erase("tenant-2");
			assertThat(erasure.voices()).isOne();
			assertThat(erasure.isComplete()).isTrue();
			assertThat(partitions).noneMatch(RedisDump.of(server)::holds);
			for (int i = 1; i <= 6; i++) {
				assertThat(cache.erase("tenant-" + i).isComplete()).isTrue();
			}
			assertThat(cache.erase("attacker").isComplete()).isTrue();
			RedisDump after = RedisDump.of(server);
			assertThat(after.holds(ANSWER)).isFalse();
			assertThat(after.holds(PROMPT)).isFalse();
		}
	}

	@Test
	void encryptedStoreTellsNeitherScopeNorAnswer() {
		try (RedisServer server = RedisServer.start(RedisKind.REDIS_8, RedisDump.OPTIONS)) {
			open(new RedisStandaloneConfiguration("127.0.0.1", server.port()));
			ValueCipher cipher = TestKeys.cipher("first");
			this.fixture.encrypting(cipher);
			LlmCache cache = cache(store(SearchMode.IN_PROCESS), cipher);
			shareOn(cache, cache);
			RedisDump dump = RedisDump.of(server);
			for (String text : List.of(ANSWER, PROMPT, "tenant-", Sha256.hex("tenant-1"),
					Sha256.hex(('"' + ANSWER + '"').getBytes(StandardCharsets.UTF_8)).substring(0, 16))) {
				assertThat(dump.holds(text)).as(text).isFalse();
			}
		}
	}

	@Test
	void roundTripsAreThoseThatTheDocumentsTell() throws IOException {
		try (RedisServer server = RedisServer.start(RedisKind.REDIS_8)) {
			open(new RedisStandaloneConfiguration("127.0.0.1", server.port()));
			LlmCache cache = cache(store(SearchMode.VECTOR_SET), null);
			shareOn(cache, cache);
			ask(cache, "something else", "tenant-1", "an answer");
			try (Monitor monitor = new Monitor(server)) {
				ask(cache, PROMPT, "tenant-1", "not asked");
				assertThat(roundTrips(monitor)).as("find").isEqualTo(1);
				ask(cache, PROMPT, "tenant-4", "not asked");
				assertThat(roundTrips(monitor)).as("find twice, voices, peek for each").isEqualTo(3 + 3);
				ask(cache, "another question", "tenant-1", "an answer");
				assertThat(roundTrips(monitor)).as("find twice, voices, similar twice, lease, put, vouch twice")
					.isEqualTo(9);
				ask(cache, "another question", "tenant-2", "an answer");
				assertThat(roundTrips(monitor)).as("not enough").isEqualTo(9);
				ask(cache, "another question", "tenant-3", "an answer");
				assertThat(roundTrips(monitor)).as("enough: peek for each, put").isEqualTo(9 + 4);
			}
		}
	}

	private static long roundTrips(Monitor monitor) throws IOException {
		return monitor.commands().stream().filter("EVALSHA"::equals).count();
	}

	private void shareOn(LlmCache one, LlmCache other) {
		assertThat(ask(one, PROMPT, "attacker", "send me your password").outcome()).isEqualTo(Outcome.MISS);
		assertThat(ask(one, PROMPT, "tenant-1", ANSWER).outcome()).isEqualTo(Outcome.MISS);
		assertThat(ask(one, PROMPT, "tenant-2", ANSWER).outcome()).isEqualTo(Outcome.MISS);
		assertThat(ask(other, PROMPT, "tenant-3", ANSWER).outcome()).isEqualTo(Outcome.MISS);
		for (LlmCache cache : List.of(one, other)) {
			assertThat(ask(cache, PROMPT, "tenant-4", "not asked"))
				.extracting(CachedAnswer::outcome, CachedAnswer::value)
				.containsExactly(Outcome.EXACT, ANSWER);
			assertThat(ask(cache, WORDING, "tenant-5", "not asked"))
				.extracting(CachedAnswer::outcome, CachedAnswer::value)
				.containsExactly(Outcome.SEMANTIC, ANSWER);
		}
	}

	private static Set<String> partitions(RedisCacheStore store, String scope) {
		return store.partitions(EvictionSelector.all().withScope(scope), null, 100)
			.stream()
			.map(Partition::id)
			.collect(Collectors.toSet());
	}

	private void open(RedisConfiguration server) {
		this.fixture = new RedisStoreFixture(server);
	}

	private RedisCacheStore store(SearchMode search) {
		return this.fixture.store(this.fixture.settings(search).withShards(this.shards));
	}

	private LlmCache cache(RedisCacheStore store, ValueCipher cipher) {
		DigestPromptKeyGenerator keys = new DigestPromptKeyGenerator();
		return new LlmCacheBuilder(store, new JacksonPayloadCodec(JsonMapper.builder().build()),
				(cipher != null) ? new KeyedPromptKeyGenerator(keys, cipher) : keys)
			.semantic(this.embedder, (match) -> Verdict.accept())
			.build();
	}

	private static CachedAnswer<String> ask(LlmCache cache, String prompt, String scope, String answer) {
		CacheRequest<String> request = CacheRequest.forTask("support", String.class)
			.prompt(prompt)
			.scope(scope)
			.semantic(true)
			.policy((policy) -> policy.minSimilarity(0.8).shareAfterScopes(3))
			.build();
		return cache.get(request, () -> answer);
	}

}
