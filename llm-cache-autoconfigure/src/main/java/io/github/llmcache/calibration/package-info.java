/**
 * Learns from a task's own traffic which candidates are right, and bounds wrong hits.
 */
@NullMarked
package io.github.llmcache.calibration;

import org.jspecify.annotations.NullMarked;
