/**
 * What JMH generates; declared here because it does not say where it allows null.
 */
@NullUnmarked
package io.github.llmcache.benchmarks.jmh_generated;

import org.jspecify.annotations.NullUnmarked;
