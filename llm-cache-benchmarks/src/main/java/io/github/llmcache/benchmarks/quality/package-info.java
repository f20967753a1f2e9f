/**
 * Compares how often the cache and the rules of others serve right answers, on the same
 * requests.
 */
@NullMarked
package io.github.llmcache.benchmarks.quality;

import org.jspecify.annotations.NullMarked;
