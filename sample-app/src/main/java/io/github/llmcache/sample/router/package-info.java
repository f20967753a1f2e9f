/**
 * Sends each prompt to the model that suits it, through the cache.
 */
@NullMarked
package io.github.llmcache.sample.router;

import org.jspecify.annotations.NullMarked;
