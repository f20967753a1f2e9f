/**
 * Explains to operators what the cache would serve, and why; and the partitions that it
 * knows.
 */
@NullMarked
package io.github.llmcache.explain;

import org.jspecify.annotations.NullMarked;
