/**
 * Finds the nearest vectors of a partition inside this process: exactly while there are
 * few, through a graph once there are many.
 */
@NullMarked
package io.github.llmcache.index;

import org.jspecify.annotations.NullMarked;
