/**
 * Mistakes in the setup of an application, explained to its author.
 */
@NullMarked
package io.github.llmcache.diagnostics;

import org.jspecify.annotations.NullMarked;
