/**
 * Decides whether a cached answer fits a prompt that is worded differently, by guards
 * that compare the determining words of the two prompts and need no learning.
 */
@NullMarked
package io.github.llmcache.verify;

import org.jspecify.annotations.NullMarked;
