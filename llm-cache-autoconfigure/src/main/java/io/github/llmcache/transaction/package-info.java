/**
 * Evictions that wait for the commit of a Spring transaction.
 */
@NullMarked
package io.github.llmcache.transaction;

import org.jspecify.annotations.NullMarked;
