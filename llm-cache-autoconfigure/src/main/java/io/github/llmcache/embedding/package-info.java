/**
 * Texts as vectors: the contract, a cache of vectors, unit vectors and exceptions.
 */
@NullMarked
package io.github.llmcache.embedding;

import org.jspecify.annotations.NullMarked;
