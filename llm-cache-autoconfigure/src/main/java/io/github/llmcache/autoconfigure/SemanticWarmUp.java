package io.github.llmcache.autoconfigure;

import java.time.Clock;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;

import io.github.llmcache.answer.AnswerEquivalence;
import io.github.llmcache.calibration.TrafficCalibration;
import io.github.llmcache.codec.JacksonPayloadCodec;
import io.github.llmcache.core.CacheRequest;
import io.github.llmcache.core.LlmCache;
import io.github.llmcache.core.LlmCacheBuilder;
import io.github.llmcache.embedding.TextEmbedder;
import io.github.llmcache.event.LlmCacheListener;
import io.github.llmcache.index.VectorIndexFactory;
import io.github.llmcache.key.DigestPromptKeyGenerator;
import io.github.llmcache.store.memory.MemoryCacheStore;
import io.github.llmcache.store.memory.MemoryLimits;
import io.github.llmcache.verify.MatchVerifier;
import io.github.llmcache.verify.MatchVerifier.Match;
import io.github.llmcache.verify.ParaphraseModel;

/**
 * Answers other wordings of a question in a cache of its own when the application is
 * ready, in the background, so that the first semantic call need not load classes and
 * rules, nor run the models for the first time. Nobody is notified of these calls. A
 * failure is logged, and does not affect the application.
 */
final class SemanticWarmUp implements ApplicationListener<ApplicationReadyEvent> {

	private static final Log logger = LogFactory.getLog(SemanticWarmUp.class);

	private static final String TASK = "warm-up";

	private static final String QUESTION = "How do I change the language of the application?";

	private static final List<String> WORDINGS = List.of("how can I change the application's language",
			"How do I change the app's language to one of the 24 others?", "Why can't I change the language?",
			"What is the way to change the language of an application");

	private final Supplier<? extends Executor> executor;

	private final Supplier<TextEmbedder> embedder;

	private final Supplier<MatchVerifier> verifier;

	private final Supplier<@Nullable ParaphraseModel> paraphrases;

	private final Supplier<LlmCacheListener> listener;

	/**
	 * Create the warm-up.
	 * @param listener supplies a listener of its own, of the kind that the application's
	 * calls have
	 */
	SemanticWarmUp(Supplier<? extends Executor> executor, Supplier<TextEmbedder> embedder,
			Supplier<MatchVerifier> verifier, Supplier<@Nullable ParaphraseModel> paraphrases,
			Supplier<LlmCacheListener> listener) {
		this.executor = executor;
		this.embedder = embedder;
		this.verifier = verifier;
		this.paraphrases = paraphrases;
		this.listener = listener;
	}

	@Override
	public void onApplicationEvent(ApplicationReadyEvent event) {
		try {
			this.executor.get().execute(() -> {
				try {
					warmUp();
				}
				catch (Exception | LinkageError ex) {
					failed(ex);
				}
			});
		}
		catch (RuntimeException ex) {
			failed(ex);
		}
	}

	private void warmUp() {
		TextEmbedder textEmbedder = this.embedder.get();
		MatchVerifier matchVerifier = this.verifier.get();
		ParaphraseModel model = this.paraphrases.get();
		// the parts by themselves first: a cache would hide that one of them failed
		textEmbedder.embed(QUESTION);
		matchVerifier.verify(new Match(TASK, WORDINGS.get(0), QUESTION, 1));
		if (model != null) {
			model.probability(WORDINGS.get(0), QUESTION);
		}
		MemoryCacheStore store = store();
		LlmCache cache = new LlmCacheBuilder(store, new JacksonPayloadCodec(JsonMapper.builder().build()),
				new DigestPromptKeyGenerator())
			.semantic(textEmbedder, matchVerifier)
			.paraphrases(model)
			.calibration(calibration(store), (comparison) -> AnswerEquivalence.Verdict.UNKNOWN, Runnable::run)
			.listener(this.listener.get())
			.build();
		ask(cache, QUESTION);
		WORDINGS.forEach((wording) -> ask(cache, wording));
	}

	private static MemoryCacheStore store() {
		VectorIndexFactory indexes = new VectorIndexFactory(VectorIndexFactory.DEFAULT_GRAPH_THRESHOLD, Runnable::run);
		return new MemoryCacheStore(new MemoryLimits(1 + WORDINGS.size(), 1 << 20), indexes, Clock.systemUTC(),
				LlmCacheListener.NO_OP);
	}

	private static TrafficCalibration calibration(MemoryCacheStore store) {
		return new TrafficCalibration(store, Runnable::run, Clock.systemUTC(), () -> 1, LlmCacheListener.NO_OP);
	}

	private static void ask(LlmCache cache, String prompt) {
		cache.get(CacheRequest.forTask(TASK, String.class).prompt(prompt).semantic(true).build(), () -> prompt);
	}

	private static void failed(Throwable failure) {
		logger.warn("LlmCache: semantic matching could not be warmed up, because of " + failure.getClass().getName()
				+ "; the first semantic calls may take longer, or fail to match. Set logging.level."
				+ SemanticWarmUp.class.getPackageName() + "=debug to see why, or llm-cache.semantic.warm-up=false to"
				+ " do without");
		logger.debug("Failure of the warm-up", failure);
	}

}
