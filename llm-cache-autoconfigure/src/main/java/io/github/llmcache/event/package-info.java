/**
 * What listeners are told of.
 */
@NullMarked
package io.github.llmcache.event;

import org.jspecify.annotations.NullMarked;
