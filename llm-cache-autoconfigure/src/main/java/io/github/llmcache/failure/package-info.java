/**
 * Keeps failures of the cache's parts from the calls, and reports them. Internal: not
 * part of the API.
 */
@NullMarked
package io.github.llmcache.failure;

import org.jspecify.annotations.NullMarked;
