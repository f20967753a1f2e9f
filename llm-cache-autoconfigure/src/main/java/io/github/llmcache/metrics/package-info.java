/**
 * Counts and times what the cache does: statistics, and Micrometer meters.
 */
@NullMarked
package io.github.llmcache.metrics;

import org.jspecify.annotations.NullMarked;
