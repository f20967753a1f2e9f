/**
 * What answers cost: tokens that they took, counted or estimated, and prices.
 */
@NullMarked
package io.github.llmcache.cost;

import org.jspecify.annotations.NullMarked;
