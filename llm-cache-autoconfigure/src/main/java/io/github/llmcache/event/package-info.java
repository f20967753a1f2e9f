/**
 * What listeners are notified of.
 */
@NullMarked
package io.github.llmcache.event;

import org.jspecify.annotations.NullMarked;
