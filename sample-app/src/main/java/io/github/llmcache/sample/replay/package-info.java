/**
 * The command {@code replay}: recorded requests through the cache, and how many were
 * answered rightly.
 */
@NullMarked
package io.github.llmcache.sample.replay;

import org.jspecify.annotations.NullMarked;
