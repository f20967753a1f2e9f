package io.github.llmcache.store;

import java.time.Instant;

/**
 * An observation, and what came out when the method answered, too.
 *
 * @param observation what was known
 * @param right whether the cached answer was right
 * @param time when that was found out
 * @param unlabelled how many hits the instance served in any case since its last
 * observation, without comparing their answers
 */
public record LabelledObservation(Observation observation, boolean right, Instant time, long unlabelled) {

}
