package io.github.llmcache.core;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import io.github.llmcache.answer.AdmissionPolicy;
import io.github.llmcache.answer.AnswerEquivalence;
import io.github.llmcache.calibration.Calibration;
import io.github.llmcache.codec.JacksonPayloadCodec;
import io.github.llmcache.codec.PayloadCodec;
import io.github.llmcache.embedding.AngleEmbedder;
import io.github.llmcache.embedding.TextEmbedder;
import io.github.llmcache.event.LlmCacheListener;
import io.github.llmcache.index.VectorIndexFactory;
import io.github.llmcache.judge.EquivalenceJudge;
import io.github.llmcache.judge.JudgeSettings;
import io.github.llmcache.key.DigestPromptKeyGenerator;
import io.github.llmcache.key.PromptKeyGenerator;
import io.github.llmcache.policy.Accuracy;
import io.github.llmcache.policy.CachePolicy;
import io.github.llmcache.policy.RequestedPolicy;
import io.github.llmcache.policy.Staleness;
import io.github.llmcache.store.CacheStore;
import io.github.llmcache.store.SemanticCacheStore;
import io.github.llmcache.store.memory.MemoryCacheStore;
import io.github.llmcache.store.memory.MemoryLimits;
import io.github.llmcache.test.MutableClock;
import io.github.llmcache.test.RecordingListener;
import io.github.llmcache.verify.MatchVerifier;
import io.github.llmcache.verify.MatchVerifier.Verdict;
import io.github.llmcache.verify.ParaphraseModel;

/**
 * The engine with the embedded store and the other real parts, each of which a test may
 * replace before it builds. Only the embedder's vectors, the verdict and the time are the
 * test's own. Tasks are semantic unless the request says otherwise.
 */
final class CacheFixture {

	static final Duration TTL = Duration.ofHours(1);

	final MutableClock clock = new MutableClock();

	final RecordingListener events = new RecordingListener();

	final AngleEmbedder angles = new AngleEmbedder("angles");

	SemanticCacheStore store = new MemoryCacheStore(new MemoryLimits(1_000, 16 << 20),
			new VectorIndexFactory(1_000, Runnable::run), this.clock, this.events);

	PayloadCodec codec = new JacksonPayloadCodec(JsonMapper.builder().build());

	PromptKeyGenerator keys = new DigestPromptKeyGenerator();

	@Nullable TextEmbedder embedder = this.angles;

	MatchVerifier verifier = (match) -> Verdict.accept();

	AdmissionPolicy admission = AdmissionPolicy.standard();

	LlmCacheListener listener = this.events;

	Accuracy accuracy = Accuracy.UNMEASURED;

	Staleness staleness = Staleness.NONE;

	Calibration calibration = Calibration.NONE;

	AnswerEquivalence equivalence = (compared) -> AnswerEquivalence.Verdict
		.of(compared.answer().equals(compared.cachedAnswer()));

	Executor auditExecutor = Runnable::run;

	Executor executor = Runnable::run;

	@Nullable ParaphraseModel paraphrases;

	@Nullable EquivalenceJudge judge;

	JudgeSettings judgeSettings = new JudgeSettings(true, Duration.ofMinutes(1), 1_000, 0.3, 1, 3, 1_000);

	Executor judgeExecutor = Runnable::run;

	int maxCandidates = 3;

	double minSimilarity = 0.8;

	long maxPayload = 1_000;

	int shareAfterScopes;

	LlmCache build() {
		LlmCacheBuilder builder = new LlmCacheBuilder(this.store, this.codec, this.keys)
			.policies((task, requested) -> policy(requested))
			.listener(this.listener)
			.admissionPolicy(this.admission)
			.executor(this.executor, UnaryOperator.identity())
			.time(this.clock, () -> this.clock.millis() * 1_000_000);
		if (this.embedder != null) {
			builder.semantic(this.embedder, this.verifier)
				.paraphrases(this.paraphrases)
				.calibration(this.calibration, this.equivalence, this.auditExecutor);
		}
		if (this.judge != null) {
			builder.judge(this.judge, this.judgeSettings, this.judgeExecutor);
		}
		return builder.build();
	}

	/**
	 * A question whose answer is an {@link Answer}.
	 */
	static CacheRequest.Builder<Answer> question(String prompt) {
		return CacheRequest.forTask("support", Answer.class).prompt(prompt).model("small");
	}

	long entryCount() {
		return this.store.usage().values().stream().mapToLong(CacheStore.StoreUsage::entries).sum();
	}

	private CachePolicy policy(RequestedPolicy requested) {
		return requested.applyTo(new CachePolicy(TTL, true, this.minSimilarity, this.maxCandidates, this.maxPayload,
				this.accuracy, this.staleness, this.shareAfterScopes));
	}

}
