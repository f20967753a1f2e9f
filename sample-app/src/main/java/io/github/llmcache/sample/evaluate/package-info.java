/**
 * The command {@code evaluate}: labelled pairs of prompts, and whether the answer of one
 * would be served to the other.
 */
@NullMarked
package io.github.llmcache.sample.evaluate;

import org.jspecify.annotations.NullMarked;
