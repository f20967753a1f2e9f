/**
 * The cache itself: the engine, the values it works on, and the interfaces behind which
 * everything replaceable lives. Knows the JDK and spring-core only.
 */
@NullMarked
package io.github.llmcache.core;

import org.jspecify.annotations.NullMarked;
