/**
 * The executors of the cache. A bean of its type replaces each of them.
 */
@NullMarked
package io.github.llmcache.autoconfigure.executor;

import org.jspecify.annotations.NullMarked;
