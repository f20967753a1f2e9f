/**
 * Answers: what a call gets, whether an answer is worth keeping, and when two say the
 * same thing.
 */
@NullMarked
package io.github.llmcache.answer;

import org.jspecify.annotations.NullMarked;
