/**
 * The store for many instances: entries on Redis or Valkey, through Spring Data Redis.
 */
@NullMarked
package io.github.llmcache.store.redis;

import org.jspecify.annotations.NullMarked;
