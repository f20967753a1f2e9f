/**
 * What operators ask the cache about: the partitions that it knows.
 */
@NullMarked
package io.github.llmcache.explain;

import org.jspecify.annotations.NullMarked;
