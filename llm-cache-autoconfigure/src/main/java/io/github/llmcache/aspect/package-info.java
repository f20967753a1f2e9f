/**
 * From an annotated method to the engine: operations, expressions and the interceptor.
 */
@NullMarked
package io.github.llmcache.aspect;

import org.jspecify.annotations.NullMarked;
