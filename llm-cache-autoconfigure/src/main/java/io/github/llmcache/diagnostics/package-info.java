/**
 * What a mistake in the setup of an application tells its author.
 */
@NullMarked
package io.github.llmcache.diagnostics;

import org.jspecify.annotations.NullMarked;
