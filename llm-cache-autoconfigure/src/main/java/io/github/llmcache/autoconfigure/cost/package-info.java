/**
 * What is known of tokens and prices, by beans and properties.
 */
@NullMarked
package io.github.llmcache.autoconfigure.cost;

import org.jspecify.annotations.NullMarked;
