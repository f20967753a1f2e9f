/**
 * Entries as operators see them: listed by cursor, shown and deleted by id.
 */
@NullMarked
package io.github.llmcache.entries;

import org.jspecify.annotations.NullMarked;
