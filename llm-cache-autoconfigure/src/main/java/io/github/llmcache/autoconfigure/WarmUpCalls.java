package io.github.llmcache.autoconfigure;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.core.NativeDetector;

import io.github.llmcache.annotation.LlmCached;
import io.github.llmcache.answer.AnswerEquivalence;
import io.github.llmcache.calibration.TrafficCalibration;
import io.github.llmcache.codec.JacksonPayloadCodec;
import io.github.llmcache.core.CacheRequest;
import io.github.llmcache.core.LlmCache;
import io.github.llmcache.core.LlmCacheBuilder;
import io.github.llmcache.embedding.TextEmbedder;
import io.github.llmcache.event.LlmCacheListener;
import io.github.llmcache.failure.FailureReporter;
import io.github.llmcache.index.VectorIndexFactory;
import io.github.llmcache.interceptor.InterceptedCache;
import io.github.llmcache.interceptor.LlmCacheAdvisor;
import io.github.llmcache.key.DigestPromptKeyGenerator;
import io.github.llmcache.policy.CachePolicies;
import io.github.llmcache.policy.CachePolicy;
import io.github.llmcache.store.memory.MemoryCacheStore;
import io.github.llmcache.store.memory.MemoryLimits;
import io.github.llmcache.verify.MatchVerifier;
import io.github.llmcache.verify.MatchVerifier.Match;
import io.github.llmcache.verify.ParaphraseModel;

/**
 * What the warm-up calls: an annotated method, in front of which is a cache of its own
 * with the application's models.
 *
 * @param embedder the application's embedder
 * @param verifier the application's verifier
 * @param paraphrases the application's paraphrase model, if it has one
 * @param listener a listener of its own, of the kind that the application's calls have
 */
record WarmUpCalls(TextEmbedder embedder, MatchVerifier verifier, @Nullable ParaphraseModel paraphrases,
		LlmCacheListener listener) {

	private static final String TASK = "warm-up";

	private static final String QUESTION = "How do I change the language of the application?";

	private static final List<String> WORDINGS = List.of("how can I change the application's language",
			"How do I change the app's language to one of the 24 others?", "Why can't I change the language?",
			"What is the way to change the language of an application");

	/**
	 * What every call needs, first; then what a candidate needs. The parts are used by
	 * themselves, too: a cache would hide that one of them failed.
	 */
	List<Runnable> steps() {
		Asked asked = asked();
		List<Runnable> steps = new ArrayList<>();
		steps.add(() -> this.embedder.embed(QUESTION));
		steps.add(() -> asked.answer(QUESTION));
		steps.add(() -> this.verifier.verify(new Match(TASK, WORDINGS.get(0), QUESTION, 1)));
		ParaphraseModel model = this.paraphrases;
		if (model != null) {
			steps.add(() -> model.probability(WORDINGS.get(0), QUESTION));
		}
		WORDINGS.forEach((wording) -> steps.add(() -> asked.answer(wording)));
		return steps;
	}

	private Asked asked() {
		MemoryCacheStore store = store();
		JacksonPayloadCodec codec = new JacksonPayloadCodec(JsonMapper.builder().build());
		LlmCache cache = new LlmCacheBuilder(store, codec, new DigestPromptKeyGenerator())
			.semantic(this.embedder, this.verifier)
			.paraphrases(this.paraphrases)
			.calibration(calibration(store), (comparison) -> AnswerEquivalence.Verdict.UNKNOWN, Runnable::run)
			.listener(this.listener)
			.build();
		if (NativeDetector.inNativeImage()) {
			// no class is loaded there, and a proxy would have to be declared
			return (prompt) -> cache
				.get(CacheRequest.forTask(TASK, String.class).prompt(prompt).semantic(true).build(), () -> prompt)
				.value();
		}
		CachePolicies policies = (task, requested) -> requested.applyTo(CachePolicy.DEFAULT);
		ProxyFactory proxies = new ProxyFactory((Asked) (prompt) -> prompt);
		proxies.addAdvisor(new LlmCacheAdvisor(new StaticListableBeanFactory(), (text) -> text,
				() -> new InterceptedCache(cache, new FailureReporter(this.listener), codec, policies, true)));
		return (Asked) proxies.getProxy(WarmUpCalls.class.getClassLoader());
	}

	private static MemoryCacheStore store() {
		VectorIndexFactory indexes = new VectorIndexFactory(VectorIndexFactory.DEFAULT_GRAPH_THRESHOLD, Runnable::run);
		return new MemoryCacheStore(new MemoryLimits(1 + WORDINGS.size(), 1 << 20), indexes, Clock.systemUTC(),
				LlmCacheListener.NO_OP);
	}

	private static TrafficCalibration calibration(MemoryCacheStore store) {
		return new TrafficCalibration(store, Runnable::run, Clock.systemUTC(), () -> 1, LlmCacheListener.NO_OP);
	}

	/**
	 * A method as applications have it.
	 */
	private interface Asked {

		@LlmCached(task = TASK, semantic = true)
		@Nullable String answer(String prompt);

	}

}
