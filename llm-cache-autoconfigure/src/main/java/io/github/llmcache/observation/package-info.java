/**
 * The steps of calls as Micrometer observations.
 */
@NullMarked
package io.github.llmcache.observation;

import org.jspecify.annotations.NullMarked;
