package io.github.llmcache.readme;

import java.util.List;
import java.util.Locale;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import io.github.llmcache.answer.AdmissionPolicy;
import io.github.llmcache.answer.AnswerEquivalence;
import io.github.llmcache.answer.AnswerEquivalence.Comparison;
import io.github.llmcache.answer.CachedAnswer;
import io.github.llmcache.answer.Outcome;
import io.github.llmcache.answer.TokenUsage;
import io.github.llmcache.autoconfigure.LlmCacheAutoConfiguration;
import io.github.llmcache.autoconfigure.executor.LlmCacheExecutor;
import io.github.llmcache.calibration.Calibration;
import io.github.llmcache.codec.JacksonPayloadCodec;
import io.github.llmcache.codec.PayloadCodec;
import io.github.llmcache.core.CacheRequest;
import io.github.llmcache.core.LlmCache;
import io.github.llmcache.cost.TokenCounter;
import io.github.llmcache.cost.UsageSource;
import io.github.llmcache.embedding.TextEmbedder;
import io.github.llmcache.eviction.Transactions;
import io.github.llmcache.judge.EquivalenceJudge;
import io.github.llmcache.judge.EquivalenceJudge.Inquiry;
import io.github.llmcache.key.PromptKeyGenerator;
import io.github.llmcache.metrics.CostStatistics;
import io.github.llmcache.metrics.StatisticsSource;
import io.github.llmcache.policy.CachePolicies;
import io.github.llmcache.store.CacheStore;
import io.github.llmcache.store.SemanticCacheStore;
import io.github.llmcache.test.MutableClock;
import io.github.llmcache.test.contract.AdmissionPolicyContract;
import io.github.llmcache.test.contract.AnswerEquivalenceContract;
import io.github.llmcache.test.contract.CachePoliciesContract;
import io.github.llmcache.test.contract.CalibrationContract;
import io.github.llmcache.test.contract.EquivalenceJudgeContract;
import io.github.llmcache.test.contract.MatchVerifierContract;
import io.github.llmcache.test.contract.ParaphraseModelContract;
import io.github.llmcache.test.contract.PayloadCodecContract;
import io.github.llmcache.test.contract.PromptKeyGeneratorContract;
import io.github.llmcache.test.contract.SemanticCacheStoreContract;
import io.github.llmcache.test.contract.TextEmbedderContract;
import io.github.llmcache.test.contract.TokenCounterContract;
import io.github.llmcache.test.contract.UsageSourceContract;
import io.github.llmcache.verify.MatchVerifier;
import io.github.llmcache.verify.ParaphraseModel;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The beans of docs/extending.md keep their contracts, and work together.
 */
class ExtensionTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(LlmCacheAutoConfiguration.class))
		.withBean(MutableClock.class)
		.withBean(ModelClient.class)
		.withBean(JsonMapper.class, () -> JsonMapper.builder().build())
		.withUserConfiguration(Extensions.class);

	@Test
	void defaultsBackOff() {
		this.contextRunner.run((context) -> assertThat(context).hasNotFailed()
			.hasSingleBean(CacheStore.class)
			.hasSingleBean(TextEmbedder.class)
			.hasSingleBean(MatchVerifier.class)
			.hasSingleBean(ParaphraseModel.class)
			.hasSingleBean(AnswerEquivalence.class)
			.hasSingleBean(EquivalenceJudge.class)
			.hasSingleBean(PayloadCodec.class)
			.hasSingleBean(PromptKeyGenerator.class)
			.hasSingleBean(CachePolicies.class)
			.hasSingleBean(Calibration.class)
			.hasSingleBean(Transactions.class)
			.hasSingleBean(LlmCacheExecutor.class)
			.hasSingleBean(TokenCounter.class)
			.hasSingleBean(UsageSource.class)
			.hasSingleBean(AdmissionPolicy.class));
	}

	@Test
	void answersAreServedByTheBeans() {
		this.contextRunner.run((context) -> {
			LlmCache cache = context.getBean(LlmCache.class);
			assertThat(get(cache, "How do I order the pro?", "By mail.").outcome()).isEqualTo(Outcome.MISS);
			assertThat(get(cache, "How do I order the pro?", "").outcome()).isEqualTo(Outcome.EXACT);
			CachedAnswer<String> reworded = get(cache, "how can I order the pro", "");
			assertThat(reworded.outcome()).isEqualTo(Outcome.SEMANTIC);
			assertThat(reworded.value()).isEqualTo("By mail.");
			assertThat(get(cache, "How do I order the mini?", "By phone.").outcome()).isEqualTo(Outcome.MISS);
			assertThat(get(cache, "How do I order nothing?", "I'm sorry").outcome()).isEqualTo(Outcome.MISS);
			assertThat(get(cache, "How do I order nothing?", "I'm sorry").outcome()).isEqualTo(Outcome.MISS);
		});
	}

	@Test
	void judgeIsAskedAboutWhatTheOthersRefuse() {
		this.contextRunner
			.withPropertyValues("llm-cache.semantic.judge.before-serving=true", "llm-cache.semantic.judge.max-wait=5m",
					"llm-cache.semantic.judge.min-probability=0", "llm-cache.tasks.orders.min-similarity=0")
			.run((context) -> {
				LlmCache cache = context.getBean(LlmCache.class);
				assertThat(get(cache, "How do I get a refund?", "By mail.").outcome()).isEqualTo(Outcome.MISS);
				assertThat(get(cache, "How do I get my money back?", "").value()).isEqualTo("By mail.");
				assertThat(get(cache, "How do I get my password back?", "By phone.").outcome()).isEqualTo(Outcome.MISS);
			});
	}

	@Test
	void tokensAreReportedOrCountedByTheBeans() {
		this.contextRunner.run((context) -> {
			LlmCache cache = context.getBean(LlmCache.class);
			for (int i = 0; i < 2; i++) {
				get(cache, "How do I order the pro?", "By mail. [120 tokens in, 30 out]");
				get(cache, "How do I order the mini?", "By mail.");
			}
			CostStatistics cost = context.getBean(StatisticsSource.class).statistics().task("orders").cost();
			assertThat(cost.inputTokens()).isEqualTo(120 + 6);
			assertThat(cost.outputTokens()).isEqualTo(30 + 2);
			assertThat(cost.estimatedTokens()).isEqualTo(8);
		});
	}

	private static CachedAnswer<String> get(LlmCache cache, String prompt, String answer) {
		return cache.get(CacheRequest.forTask("orders", String.class).prompt(prompt).semantic(true).build(),
				() -> answer);
	}

	@Nested
	class StoreTests extends SemanticCacheStoreContract {

		@Override
		protected SemanticCacheStore createStore(MutableClock clock) {
			return new HeapStore(clock);
		}

	}

	@Nested
	class EmbedderTests extends TextEmbedderContract {

		@Override
		protected TextEmbedder embedder() {
			return new WordEmbedder();
		}

		@Override
		protected String tooLong() {
			return "";
		}

	}

	@Nested
	class VerifierTests extends MatchVerifierContract {

		@Override
		protected MatchVerifier verifier() {
			return new OrderVerifier();
		}

	}

	@Nested
	class ParaphraseTests extends ParaphraseModelContract {

		@Override
		protected ParaphraseModel model() {
			return new Extensions().paraphraseModel();
		}

		@Override
		protected String tooLong() {
			return "";
		}

	}

	@Nested
	class EquivalenceTests extends AnswerEquivalenceContract {

		@Override
		protected AnswerEquivalence equivalence() {
			return new Extensions().answerEquivalence(new ComparingClient());
		}

		@Override
		protected Comparison same() {
			return new Comparison("orders", "How do I order?", "By mail.", "how to order", "by mail");
		}

	}

	@Nested
	class JudgeTests extends EquivalenceJudgeContract {

		@Override
		protected EquivalenceJudge judge() {
			return new Extensions().equivalenceJudge();
		}

		@Override
		protected Inquiry same() {
			return Inquiry.of("orders", "How do I get a refund?", "How do I get my money back?");
		}

	}

	@Nested
	class CodecTests extends PayloadCodecContract {

		@Override
		protected PayloadCodec codec() {
			return new EncryptedPayloadCodec(new JacksonPayloadCodec(JsonMapper.builder().build()),
					new Extensions().key());
		}

	}

	@Nested
	class KeyTests extends PromptKeyGeneratorContract {

		@Override
		protected PromptKeyGenerator generator() {
			return new VersionedKeys("1");
		}

	}

	@Nested
	class CalibrationTests extends CalibrationContract {

		@Override
		protected Calibration createCalibration() {
			return new Extensions().calibration();
		}

	}

	@Nested
	class PolicyTests extends CachePoliciesContract {

		@Override
		protected CachePolicies policies() {
			return new Extensions().cachePolicies();
		}

	}

	@Nested
	class AdmissionTests extends AdmissionPolicyContract {

		@Override
		protected AdmissionPolicy policy() {
			return new Extensions().noApologies();
		}

		@Override
		protected Object admitted() {
			return "By mail.";
		}

		@Override
		protected Object rejected() {
			return "I'm sorry, I cannot say.";
		}

	}

	@Nested
	class UsageTests extends UsageSourceContract {

		@Override
		protected UsageSource source() {
			return new Extensions().tokenFooters();
		}

		@Override
		protected Object answer() {
			return "By mail. [120 tokens in, 30 out]";
		}

		@Override
		protected TokenUsage usage() {
			return TokenUsage.reported(120, 30);
		}

	}

	@Nested
	class TokenTests extends TokenCounterContract {

		@Override
		protected TokenCounter counter() {
			return new Extensions().tokenCounter();
		}

	}

	/**
	 * Stands for a model that says whether two answers have the same words.
	 */
	private static final class ComparingClient extends ModelClient {

		@Override
		String ask(String prompt, String model) {
			String[] parts = prompt.split("\n\n", 3);
			return words(parts[1]).equals(words(parts[2])) ? "Yes" : "No";
		}

		private static List<String> words(String text) {
			return List.of(text.toLowerCase(Locale.ROOT).split("\\W+"));
		}

	}

}
