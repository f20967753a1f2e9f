/**
 * Evictions, and the transactions whose commit they wait for.
 */
@NullMarked
package io.github.llmcache.eviction;

import org.jspecify.annotations.NullMarked;
