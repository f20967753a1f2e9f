/**
 * Wires the cache into a Spring Boot application. Nothing else knows this package.
 */
@NullMarked
package io.github.llmcache.autoconfigure;

import org.jspecify.annotations.NullMarked;
