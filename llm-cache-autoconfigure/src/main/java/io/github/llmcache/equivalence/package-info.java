/**
 * Decides whether two answers say the same: values by equality, texts by what decides in
 * them and by reading them together.
 */
@NullMarked
package io.github.llmcache.equivalence;

import org.jspecify.annotations.NullMarked;
