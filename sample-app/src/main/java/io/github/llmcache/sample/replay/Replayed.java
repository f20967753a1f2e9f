package io.github.llmcache.sample.replay;

import java.time.Duration;

import io.github.llmcache.answer.Outcome;
import io.github.llmcache.sample.model.ModelReply;

/**
 * What became of one request.
 *
 * @param outcome what the cache did
 * @param right whether the answer was the right one
 * @param exactHit whether a cache without semantic matching would have had a hit
 * @param oracleHit whether the right answer had been computed before
 * @param audited whether the model was asked although there was a hit
 * @param time how long the call took, the model not counted
 * @param modelCall what asking the model would have taken
 */
record Replayed(Outcome outcome, boolean right, boolean exactHit, boolean oracleHit, boolean audited, Duration time,
		ModelReply modelCall) {

}
