/**
 * Contracts of a store, and what it keeps: partitions, keys and entries.
 */
@NullMarked
package io.github.llmcache.store;

import org.jspecify.annotations.NullMarked;
