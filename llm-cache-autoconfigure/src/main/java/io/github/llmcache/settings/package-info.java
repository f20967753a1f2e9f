/**
 * Settings of tasks that are changed while the application runs, for all instances.
 */
@NullMarked
package io.github.llmcache.settings;

import org.jspecify.annotations.NullMarked;
