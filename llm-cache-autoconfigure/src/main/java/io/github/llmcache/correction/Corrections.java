package io.github.llmcache.correction;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.answer.AnswerEquivalence.Verdict;
import io.github.llmcache.calibration.Calibration;
import io.github.llmcache.calibration.Calibration.Decision;
import io.github.llmcache.correction.ServedHits.Served;
import io.github.llmcache.event.EvictionEvent;
import io.github.llmcache.event.FeedbackEvent;
import io.github.llmcache.event.LlmCacheListener;
import io.github.llmcache.feedback.Feedback;
import io.github.llmcache.feedback.FeedbackResult;
import io.github.llmcache.match.CandidateChooser;
import io.github.llmcache.match.CandidateChooser.Chosen;
import io.github.llmcache.match.CandidateSearch;
import io.github.llmcache.match.Embedding;
import io.github.llmcache.match.Question;
import io.github.llmcache.policy.Accuracy;
import io.github.llmcache.policy.CachePolicies;
import io.github.llmcache.policy.CachePolicy;
import io.github.llmcache.policy.RequestedPolicy;
import io.github.llmcache.prompt.PromptNormalizer;
import io.github.llmcache.store.CacheEntry;
import io.github.llmcache.store.CacheKey;
import io.github.llmcache.store.CacheStore;
import io.github.llmcache.store.Candidate;
import io.github.llmcache.store.FeedbackStore;
import io.github.llmcache.store.FeedbackStore.Located;
import io.github.llmcache.store.MatchRecord;
import io.github.llmcache.store.Partition;

/**
 * Acts on feedback: refuses a wrong answer to the prompts that it was wrong for, removes
 * it, and has the calibration learn.
 */
public final class Corrections {

	private final CacheStore store;

	private final CachePolicies policies;

	private final CandidateSearch search;

	private final CandidateChooser chooser;

	private final Calibration calibration;

	private final LlmCacheListener listener;

	private final ServedHits served = new ServedHits();

	/**
	 * Create the corrections of a cache.
	 * @param store where entries live; feedback needs a {@link FeedbackStore}
	 * @param policies how tasks are cached
	 * @param search finds the candidates of a prompt again
	 * @param chooser judges them again
	 * @param calibration learns from feedback
	 * @param listener is notified of feedback and of what it removes
	 */
	public Corrections(CacheStore store, CachePolicies policies, CandidateSearch search, CandidateChooser chooser,
			Calibration calibration, LlmCacheListener listener) {
		this.store = store;
		this.policies = policies;
		this.search = search;
		this.chooser = chooser;
		this.calibration = calibration;
		this.listener = listener;
	}

	/**
	 * What was served lately.
	 * @return always the same
	 */
	public ServedHits served() {
		return this.served;
	}

	/**
	 * Act on a feedback.
	 * @param feedback the feedback
	 * @return what it changed
	 * @throws UnsupportedOperationException if the store does not keep feedback
	 */
	public FeedbackResult accept(Feedback feedback) {
		if (!(this.store instanceof FeedbackStore feedbackStore)) {
			throw new UnsupportedOperationException("The cache store does not keep feedback: use the memory store or"
					+ " Redis, or implement FeedbackStore");
		}
		FeedbackResult result = accept(feedback, feedbackStore);
		if (result.found()) {
			this.listener.onFeedback(new FeedbackEvent(feedback.task(), feedback.right()));
		}
		if (result.removed()) {
			this.listener.onEviction(new EvictionEvent(feedback.task(), EvictionEvent.Cause.EXPLICIT, 1));
		}
		return result;
	}

	private FeedbackResult accept(Feedback feedback, FeedbackStore feedbackStore) {
		Served known = this.served.get(feedback.task(), feedback.entryId());
		if (known != null) {
			return accept(feedback, feedbackStore, known, feedbackStore.find(known.key()).entry());
		}
		Located located = feedbackStore.locate(feedback.task(), feedback.entryId());
		if (located == null) {
			return FeedbackResult.NOT_FOUND;
		}
		CacheKey key = located.key();
		return accept(feedback, feedbackStore, new Served(key, digest(key, located.entry().prompt()), Map.of()),
				located.entry());
	}

	private FeedbackResult accept(Feedback feedback, FeedbackStore feedbackStore, Served known,
			@Nullable CacheEntry entry) {
		CacheKey key = known.key();
		Map<String, @Nullable MatchRecord> recent = known.prompts();
		boolean learned = learn(feedback, key, recent);
		if (feedback.right()) {
			return new FeedbackResult(true, false, 0, learned);
		}
		Set<String> prompts = new HashSet<>();
		if (feedback.prompt() != null) {
			prompts.add(digest(key, feedback.prompt()));
		}
		else {
			prompts.add(known.entryPrompt());
			prompts.addAll(recent.keySet());
		}
		// first refused, then removed: nobody may store the same answer in between
		feedbackStore.refuse(key.partition(), Refusals.of(prompts, known.entryPrompt(), entry));
		feedbackStore.remove(key);
		this.served.remove(feedback.entryId());
		return new FeedbackResult(true, entry != null, prompts.size(), learned);
	}

	/**
	 * Learn from what was known when the answer was served, or else from what is known
	 * now. If it was served to several prompts and nobody says which of them is meant,
	 * there is nothing to learn.
	 */
	private boolean learn(Feedback feedback, CacheKey key, Map<String, @Nullable MatchRecord> recent) {
		String asked = (feedback.prompt() != null) ? digest(key, feedback.prompt())
				: (recent.size() == 1) ? recent.keySet().iterator().next() : null;
		if (asked == null) {
			return false;
		}
		CachePolicy policy = this.policies.resolve(feedback.task(), RequestedPolicy.DEFAULT);
		Accuracy accuracy = policy.accuracy();
		MatchRecord matchRecord = recent.get(asked);
		boolean hit = true;
		if (matchRecord == null && feedback.prompt() != null && !recent.containsKey(asked)) {
			Decision again = judgeAgain(
					new Question(feedback.task(), PromptNormalizer.normalize(feedback.prompt()), policy), key);
			matchRecord = (again != null) ? again.matchRecord() : null;
			hit = again != null && again.served();
		}
		if (matchRecord == null) {
			return false;
		}
		this.calibration.learn(feedback.task(), accuracy, matchRecord, hit, Verdict.of(feedback.right()));
		this.served.learned(feedback.entryId(), asked);
		return true;
	}

	private @Nullable Decision judgeAgain(Question question, CacheKey key) {
		Partition partition = key.partition();
		List<Candidate> candidates = this.search
			.find(question, partition, Embedding.NONE, question.policy().minSimilarity())
			.candidates();
		if (candidates.isEmpty() || !question.policy().accuracy().isMeasured()) {
			return null;
		}
		Chosen chosen = this.chooser.choose(question, candidates);
		return chosen.candidate().key().equals(key) ? chosen.decision() : null;
	}

	private static String digest(CacheKey key, String prompt) {
		return Refusals.digest(key.partition(), prompt);
	}

}
