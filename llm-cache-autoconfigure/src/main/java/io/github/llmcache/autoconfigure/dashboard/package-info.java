/**
 * Auto-configuration of the dashboard.
 */
@NullMarked
package io.github.llmcache.autoconfigure.dashboard;

import org.jspecify.annotations.NullMarked;
