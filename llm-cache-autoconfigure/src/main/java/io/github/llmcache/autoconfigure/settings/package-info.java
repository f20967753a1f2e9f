/**
 * Configures settings that change while the application runs.
 */
@NullMarked
package io.github.llmcache.autoconfigure.settings;

import org.jspecify.annotations.NullMarked;
