/**
 * The cache for Reactor: answers that are a {@code Mono} or a {@code Flux}.
 */
@NullMarked
package io.github.llmcache.reactive;

import org.jspecify.annotations.NullMarked;
