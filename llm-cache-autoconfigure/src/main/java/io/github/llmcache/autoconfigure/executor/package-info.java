/**
 * The executors of the cache, and the context that goes with their tasks. A bean of its
 * type replaces each executor.
 */
@NullMarked
package io.github.llmcache.autoconfigure.executor;

import org.jspecify.annotations.NullMarked;
