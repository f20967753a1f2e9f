/**
 * Counts and times what the cache does: a summary of its own, and Micrometer meters.
 */
@NullMarked
package io.github.llmcache.metrics;

import org.jspecify.annotations.NullMarked;
