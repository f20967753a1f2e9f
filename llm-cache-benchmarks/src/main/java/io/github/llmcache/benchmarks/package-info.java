/**
 * JMH benchmarks. How to run them, and figures, are in the module's README.
 */
@NullMarked
package io.github.llmcache.benchmarks;

import org.jspecify.annotations.NullMarked;
