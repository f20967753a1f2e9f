/**
 * From an annotated method to the engine: operations, expressions and the interceptor.
 * Internal: not part of the API.
 */
@NullMarked
package io.github.llmcache.interceptor;

import org.jspecify.annotations.NullMarked;
