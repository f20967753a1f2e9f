package io.github.llmcache.core;

import java.time.Duration;

/**
 * The method ran.
 *
 * @param task the task
 * @param loadTime how long it took
 * @param failed whether it threw, or nobody wanted its answer any more
 */
public record LoadEvent(String task, Duration loadTime, boolean failed) {

}
