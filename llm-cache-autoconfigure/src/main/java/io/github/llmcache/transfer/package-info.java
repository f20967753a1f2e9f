/**
 * Moves entries from one store to another as lines of JSON.
 */
@NullMarked
package io.github.llmcache.transfer;

import org.jspecify.annotations.NullMarked;
