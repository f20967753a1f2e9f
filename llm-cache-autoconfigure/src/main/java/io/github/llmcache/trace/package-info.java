/**
 * Contract of what observes the steps of calls, so that a trace shows where time goes.
 */
@NullMarked
package io.github.llmcache.trace;

import org.jspecify.annotations.NullMarked;
