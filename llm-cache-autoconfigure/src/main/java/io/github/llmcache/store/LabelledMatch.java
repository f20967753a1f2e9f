package io.github.llmcache.store;

import java.time.Instant;

import io.github.llmcache.answer.AnswerEquivalence.Verdict;

/**
 * A match record, and whether the answer was right, judging by that of the method or by
 * what a person says.
 *
 * @param matchRecord what was known
 * @param served whether the candidate was served; otherwise the call was a miss
 * @param verdict whether the cached answer says the same as the one that it was compared
 * with
 * @param time when that was found out
 * @param unlabelled how many hits the instance served in any case since its last match
 * record, without knowing whether their answers were right
 * @param unknown how many hits it compared since then whose answers could not be judged
 */
public record LabelledMatch(MatchRecord matchRecord, boolean served, Verdict verdict, Instant time, long unlabelled,
		long unknown) {

}
