/**
 * The threads that the cache works on. Internal: not part of the API.
 */
@NullMarked
package io.github.llmcache.thread;

import org.jspecify.annotations.NullMarked;
