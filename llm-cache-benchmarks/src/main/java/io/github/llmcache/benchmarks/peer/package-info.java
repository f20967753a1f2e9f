/**
 * The contenders: the cache in its variants, and what a user would choose instead, each
 * in front of the same method.
 */
@NullMarked
package io.github.llmcache.benchmarks.peer;

import org.jspecify.annotations.NullMarked;
