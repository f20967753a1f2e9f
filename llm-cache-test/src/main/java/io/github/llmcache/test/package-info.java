/**
 * For tests of applications that use the cache: a clock, an embedder and a listener of
 * the test's own, assertions on what the cache did, and tests of look-alikes.
 */
@NullMarked
package io.github.llmcache.test;

import org.jspecify.annotations.NullMarked;
