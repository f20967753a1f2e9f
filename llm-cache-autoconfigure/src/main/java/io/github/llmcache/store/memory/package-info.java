/**
 * The embedded store: entries on the heap, bounded, gone with the JVM.
 */
@NullMarked
package io.github.llmcache.store.memory;

import org.jspecify.annotations.NullMarked;
