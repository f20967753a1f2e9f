/**
 * The cache itself: the engine, and the requests that it answers. Knows the contracts,
 * the JDK and spring-core only.
 */
@NullMarked
package io.github.llmcache.core;

import org.jspecify.annotations.NullMarked;
