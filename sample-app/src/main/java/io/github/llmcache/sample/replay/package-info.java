/**
 * The command {@code replay}: sends recorded requests through the cache, and counts the
 * right answers.
 */
@NullMarked
package io.github.llmcache.sample.replay;

import org.jspecify.annotations.NullMarked;
