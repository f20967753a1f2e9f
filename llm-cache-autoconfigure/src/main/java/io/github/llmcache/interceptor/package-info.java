/**
 * From an annotated method to the engine: operations, expressions and the interceptor.
 */
@NullMarked
package io.github.llmcache.interceptor;

import org.jspecify.annotations.NullMarked;
