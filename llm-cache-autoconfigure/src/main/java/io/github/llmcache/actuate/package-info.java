/**
 * Shows the cache to operators and lets them evict: Actuator endpoint and health.
 */
@NullMarked
package io.github.llmcache.actuate;

import org.jspecify.annotations.NullMarked;
