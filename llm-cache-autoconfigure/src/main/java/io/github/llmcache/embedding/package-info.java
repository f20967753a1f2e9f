/**
 * What every embedder can use: a cache of vectors, unit vectors and the exceptions.
 */
@NullMarked
package io.github.llmcache.embedding;

import org.jspecify.annotations.NullMarked;
