package io.github.llmcache.sample.replay;

import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.answer.CachedAnswer;
import io.github.llmcache.explain.Explanation;
import io.github.llmcache.explain.Explanation.Judgement;
import io.github.llmcache.sample.command.Failure;
import io.github.llmcache.sample.command.Failure.Kind;
import io.github.llmcache.sample.command.FailureLog;

/**
 * Reports what the cache knew about one request if a wrong answer was served, or the
 * right one was there but not served. Looks before the request is sent, since its answer
 * is stored afterwards.
 */
final class FailureAnalysis {

	private final RecordedRequest request;

	private final AnswerKeys keys;

	private final FailureLog log;

	private final @Nullable Explanation explanation;

	private final @Nullable Judgement nearestRight;

	FailureAnalysis(RecordedRequest request, AnswerKeys keys, FailureLog log) {
		this.request = request;
		this.keys = keys;
		this.log = log;
		this.explanation = log.isWanted() ? keys.explain(request) : null;
		this.nearestRight = candidates().stream()
			.filter((candidate) -> keys.isRight(request, candidate))
			.findFirst()
			.orElse(null);
	}

	/**
	 * Add to the log if something went wrong.
	 * @param answer the answer of the cache
	 * @param right whether it is right
	 * @param possible whether the right answer had been computed before
	 */
	void report(CachedAnswer<String> answer, boolean right, boolean possible) {
		boolean hit = answer.outcome().isHit();
		if (this.explanation == null || (hit ? right : !possible)) {
			return;
		}
		Judgement candidate = hit ? served(answer) : missed();
		this.log.add(Failure.of(hit ? Kind.WRONG : Kind.MISSED, answer.outcome(), this.request.task(), null,
				this.request.prompt(), this.explanation, candidate,
				candidate != null && this.keys.isRight(this.request, candidate)));
	}

	private @Nullable Judgement served(CachedAnswer<String> answer) {
		return candidates().stream()
			.filter((candidate) -> Objects.equals(candidate.entryId(), answer.entryId()))
			.findFirst()
			.orElse(null);
	}

	private @Nullable Judgement missed() {
		List<Judgement> candidates = candidates();
		return (this.nearestRight != null || candidates.isEmpty()) ? this.nearestRight : candidates.get(0);
	}

	private List<Judgement> candidates() {
		return (this.explanation != null) ? this.explanation.candidates() : List.of();
	}

}
