/**
 * Prompts as texts: normalised, folded, and matched by patterns.
 */
@NullMarked
package io.github.llmcache.prompt;

import org.jspecify.annotations.NullMarked;
