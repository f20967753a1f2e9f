/**
 * A page that shows the cache to operators and lets them steer it, beside the Actuator's
 * endpoints.
 */
@NullMarked
package io.github.llmcache.actuate.dashboard;

import org.jspecify.annotations.NullMarked;
