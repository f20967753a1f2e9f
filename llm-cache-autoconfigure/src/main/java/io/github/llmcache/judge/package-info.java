/**
 * Asks a judge, such as a language model, whether two prompts can be given the same
 * answer: contract, limits, and what was asked before.
 */
@NullMarked
package io.github.llmcache.judge;

import org.jspecify.annotations.NullMarked;
