/**
 * What Spring has to know of the cache when it processes an application ahead of time.
 */
@NullMarked
package io.github.llmcache.autoconfigure.aot;

import org.jspecify.annotations.NullMarked;
