package io.github.llmcache.store.redis;

import java.time.Clock;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import tools.jackson.databind.json.JsonMapper;

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
import io.github.llmcache.feedback.FeedbackResult;
import io.github.llmcache.key.DigestPromptKeyGenerator;
import io.github.llmcache.policy.Accuracy;
import io.github.llmcache.policy.Accuracy.Evidence;
import io.github.llmcache.policy.CachePolicy;
import io.github.llmcache.store.redis.server.RedisKind;
import io.github.llmcache.store.redis.server.RedisServers;
import io.github.llmcache.verify.MatchVerifier.Verdict;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is reported to one instance holds on all of them, and after a restart.
 */
class RedisFeedbackTests {

	private static final String CACHED = "how do i cancel my order";

	private static final String ASKED = "how do i cancel my account";

	private final RedisStoreFixture fixture = new RedisStoreFixture(
			new RedisStandaloneConfiguration("127.0.0.1", RedisServers.shared(RedisKind.REDIS_8).port()));

	private final AngleEmbedder embedder = new AngleEmbedder("angles").at(0, CACHED)
		.at(1, ASKED)
		.at(1, "Please, how do I cancel my account?")
		.at(2, "how can i cancel an order");

	@AfterEach
	void close() {
		this.fixture.close();
	}

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = "AUTO")
	void wrongAnswerIsNotServedByAnyInstanceFromItsNextLookupOn(SearchMode search) {
		LlmCache one = cache(search);
		LlmCache other = cache(search);
		ask(one, CACHED, "order");
		CachedAnswer<String> wrong = ask(one, ASKED, "account");
		assertThat(wrong.outcome()).isEqualTo(Outcome.SEMANTIC);
		assertThat(ask(other, ASKED, "account").outcome()).isEqualTo(Outcome.SEMANTIC);
		FeedbackResult result = one.feedback(Feedback.wrong("support", wrong.entryId()).withPrompt(ASKED));
		assertThat(result).isEqualTo(new FeedbackResult(true, true, 1, true));
		// the other instance loads the answer again that was wrong for another prompt
		assertThat(ask(other, CACHED, "order").outcome()).isEqualTo(Outcome.MISS);
		assertThat(ask(other, "Please, how do I cancel my account?", "account").outcome()).isEqualTo(Outcome.MISS);
		assertThat(ask(other, "how can i cancel an order", "order").outcome()).isEqualTo(Outcome.SEMANTIC);
		LlmCache restarted = cache(search);
		assertThat(ask(restarted, ASKED, "account").value()).isEqualTo("account");
		assertThat(this.fixture.keys()).filteredOn((key) -> key.endsWith(":n")).hasSize(1);
	}

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = "AUTO")
	void instanceThatNeverServedTheEntryFindsItByItsId(SearchMode search) {
		LlmCache one = cache(search);
		ask(one, CACHED, "order");
		String id = ask(one, ASKED, "account").entryId();
		LlmCache other = cache(search);
		assertThat(other.feedback(Feedback.right("support", id).withPrompt(ASKED)))
			.isEqualTo(new FeedbackResult(true, false, 0, true));
		assertThat(other.feedback(Feedback.wrong("support", id).withPrompt(ASKED)))
			.isEqualTo(new FeedbackResult(true, true, 1, true));
		assertThat(ask(one, CACHED, "order").outcome()).isEqualTo(Outcome.MISS);
		assertThat(ask(one, ASKED, "account").outcome()).isEqualTo(Outcome.MISS);
	}

	private LlmCache cache(SearchMode search) {
		RedisCacheStore store = this.fixture.store(this.fixture.settings(search));
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

	private static CachedAnswer<String> ask(LlmCache cache, String prompt, String answer) {
		CacheRequest<String> request = CacheRequest.forTask("support", String.class)
			.prompt(prompt)
			.semantic(true)
			.policy((policy) -> policy.minSimilarity(0.8))
			.build();
		return cache.get(request, () -> answer);
	}

}
