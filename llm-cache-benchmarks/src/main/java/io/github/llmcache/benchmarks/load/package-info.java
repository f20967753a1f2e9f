/**
 * Programs that measure whole applications, each in a JVM of its own.
 */
@NullMarked
package io.github.llmcache.benchmarks.load;

import org.jspecify.annotations.NullMarked;
