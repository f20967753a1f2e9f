/**
 * Remembers what the cache did lately, for those who look at it: outcomes over time, and
 * the entries that are served most.
 */
@NullMarked
package io.github.llmcache.history;

import org.jspecify.annotations.NullMarked;
