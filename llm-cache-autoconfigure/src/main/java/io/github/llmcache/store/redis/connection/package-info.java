/**
 * The connection to Redis that the cache has for itself.
 */
@NullMarked
package io.github.llmcache.store.redis.connection;

import org.jspecify.annotations.NullMarked;
