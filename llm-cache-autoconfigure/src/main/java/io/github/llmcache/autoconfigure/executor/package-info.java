/**
 * The executors of the cache, each of which a bean of its type replaces.
 */
@NullMarked
package io.github.llmcache.autoconfigure.executor;

import org.jspecify.annotations.NullMarked;
