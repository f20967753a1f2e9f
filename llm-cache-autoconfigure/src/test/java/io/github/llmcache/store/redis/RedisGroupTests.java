package io.github.llmcache.store.redis;

import java.time.Clock;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.data.redis.connection.RedisStandaloneConfiguration;

import io.github.llmcache.answer.AnswerEquivalence;
import io.github.llmcache.answer.Outcome;
import io.github.llmcache.calibration.TrafficCalibration;
import io.github.llmcache.codec.JacksonPayloadCodec;
import io.github.llmcache.core.CacheRequest;
import io.github.llmcache.core.CallControl;
import io.github.llmcache.core.LlmCache;
import io.github.llmcache.core.LlmCacheBuilder;
import io.github.llmcache.embedding.AngleEmbedder;
import io.github.llmcache.event.LlmCacheListener;
import io.github.llmcache.key.DigestPromptKeyGenerator;
import io.github.llmcache.store.CacheEntry;
import io.github.llmcache.store.CacheKey;
import io.github.llmcache.store.Partition;
import io.github.llmcache.store.redis.server.RedisKind;
import io.github.llmcache.store.redis.server.RedisServers;
import io.github.llmcache.test.contract.Entries;
import io.github.llmcache.verify.MatchVerifier.Firmness;
import io.github.llmcache.verify.MatchVerifier.Verdict;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Instances that share a server share the groups of answers.
 */
@Tag("thorough")
class RedisGroupTests {

	private static final Partition PARTITION = Entries.partition("support");

	private static final String GROUP = "00112233445566ff";

	private static final List<String> WORDINGS = List.of("i forgot my password", "reset my password please",
			"how can i reset the password", "password reset", "my password does not work any more");

	private static final String NEW_WORDING = "how do i get a new password";

	private final RedisStoreFixture fixture = new RedisStoreFixture(
			new RedisStandaloneConfiguration("127.0.0.1", RedisServers.shared(RedisKind.REDIS_8).port()));

	private final Entries entries = new Entries(Clock.systemUTC());

	private final AngleEmbedder embedder = new AngleEmbedder("angles");

	@AfterEach
	void close() {
		this.fixture.close();
	}

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = "AUTO")
	void groupThatOneInstanceFindsIsReadByTheOther(SearchMode search) {
		RedisCacheStore one = store(search);
		RedisCacheStore other = store(search);
		CacheKey key = Entries.key(PARTITION, "prompt");
		CacheEntry entry = this.entries.entry("prompt", Entries.vector(0));
		long generation = one.find(key).generation();
		one.put(key, entry, generation);
		assertThat(other.regroup(key, entry.group(), GROUP, generation)).isTrue();
		assertThat(one.find(key).entry().group()).isEqualTo(GROUP);
		assertThat(one.findSimilar(PARTITION, Entries.vector(0), 1, 0.9)).singleElement()
			.extracting((candidate) -> candidate.entry().group())
			.isEqualTo(GROUP);
	}

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = "AUTO")
	void answersThatOneInstanceGroupedCorroborateEachOtherOnTheOther(SearchMode search) {
		LlmCache one = cache(store(search));
		for (int i = 0; i < WORDINGS.size(); i++) {
			this.embedder.at(10 + 5 * i, WORDINGS.get(i));
		}
		this.embedder.at(0, NEW_WORDING);
		try (CallControl.Scope scope = CallControl.refresh().apply()) {
			WORDINGS.forEach((wording) -> ask(one, wording, "reset: " + wording));
		}
		LlmCache other = cache(store(search));
		for (int i = 0; i < 12; i++) {
			this.embedder.at(180 + i, "another question " + i);
			ask(other, "another question " + i, i + "th answer");
		}
		assertThat(ask(other, NEW_WORDING, "reset: once more")).isEqualTo(Outcome.SEMANTIC);
	}

	private RedisCacheStore store(SearchMode search) {
		return this.fixture.store(this.fixture.settings(search));
	}

	private LlmCache cache(RedisCacheStore store) {
		AnswerEquivalence equivalence = (compared) -> AnswerEquivalence.Verdict
			.of(compared.answer().toString().startsWith("reset")
					&& compared.cachedAnswer().toString().startsWith("reset"));
		return new LlmCacheBuilder(store, new JacksonPayloadCodec(JsonMapper.builder().build()),
				new DigestPromptKeyGenerator())
			.semantic(this.embedder, (match) -> Verdict.refuse(Firmness.SOFT, "content-word", null))
			.paraphrases((prompt, cached) -> 0.95)
			.calibration(
					new TrafficCalibration(store, Runnable::run, Clock.systemUTC(), () -> 0.5, LlmCacheListener.NO_OP),
					equivalence, Runnable::run)
			.build();
	}

	private static Outcome ask(LlmCache cache, String prompt, String answer) {
		CacheRequest<String> request = CacheRequest.forTask("support", String.class)
			.prompt(prompt)
			.semantic(true)
			.policy((policy) -> policy.minSimilarity(0.8))
			.build();
		return cache.get(request, () -> answer).outcome();
	}

}
