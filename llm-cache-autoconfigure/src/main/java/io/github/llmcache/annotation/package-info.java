/**
 * The annotations that a user writes.
 */
@NullMarked
package io.github.llmcache.annotation;

import org.jspecify.annotations.NullMarked;
