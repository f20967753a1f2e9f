/**
 * The annotations of the cache.
 */
@NullMarked
package io.github.llmcache.annotation;

import org.jspecify.annotations.NullMarked;
