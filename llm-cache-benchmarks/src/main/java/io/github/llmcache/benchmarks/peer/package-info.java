/**
 * What is compared: the cache in its variants, and what a user would pick instead, each
 * in front of the same method.
 */
@NullMarked
package io.github.llmcache.benchmarks.peer;

import org.jspecify.annotations.NullMarked;
