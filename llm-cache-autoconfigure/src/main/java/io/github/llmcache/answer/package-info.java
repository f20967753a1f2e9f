/**
 * Answers: what a call gets, whether one is worth keeping, and when two say the same.
 */
@NullMarked
package io.github.llmcache.answer;

import org.jspecify.annotations.NullMarked;
