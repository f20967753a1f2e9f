/**
 * What may differ from task to task: time to live, staleness, accuracy.
 */
@NullMarked
package io.github.llmcache.policy;

import org.jspecify.annotations.NullMarked;
