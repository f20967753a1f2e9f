package io.github.llmcache.store;

import java.time.Instant;

/**
 * An observation, and what came out when the method answered, too.
 *
 * @param observation what was known
 * @param right whether the cached answer was right
 * @param time when that was found out
 * @param unlabelled how many hits the instance served in any case since its last
 * observation, without knowing whether their answers were right
 * @param unknown how many hits it compared since then whose answers could not be judged
 */
public record LabelledObservation(Observation observation, boolean right, Instant time, long unlabelled, long unknown) {

}
