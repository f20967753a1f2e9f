/**
 * The listener of the cache, and the events that it is notified of.
 */
@NullMarked
package io.github.llmcache.event;

import org.jspecify.annotations.NullMarked;
