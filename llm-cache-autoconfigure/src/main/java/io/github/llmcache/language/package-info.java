/**
 * Reads prompts as English: their words, numbers and identifiers, what each does in its
 * sentence, and which words mean the same. Internal: not part of the API.
 */
@NullMarked
package io.github.llmcache.language;

import org.jspecify.annotations.NullMarked;
