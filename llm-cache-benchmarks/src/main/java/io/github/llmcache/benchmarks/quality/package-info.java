/**
 * How often what is served is right, beside the rules of others, on the same requests.
 */
@NullMarked
package io.github.llmcache.benchmarks.quality;

import org.jspecify.annotations.NullMarked;
