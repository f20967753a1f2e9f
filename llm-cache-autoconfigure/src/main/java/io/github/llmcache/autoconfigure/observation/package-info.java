/**
 * Observes the steps of calls if the application observes anything.
 */
@NullMarked
package io.github.llmcache.autoconfigure.observation;

import org.jspecify.annotations.NullMarked;
