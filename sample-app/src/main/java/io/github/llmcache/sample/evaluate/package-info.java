/**
 * The command {@code evaluate}: finds out for labelled pairs of prompts whether the
 * answer of one would be served to the other.
 */
@NullMarked
package io.github.llmcache.sample.evaluate;

import org.jspecify.annotations.NullMarked;
