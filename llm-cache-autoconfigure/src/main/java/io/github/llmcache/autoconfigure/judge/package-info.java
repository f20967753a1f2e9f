/**
 * Finds the judge that an application has, or names.
 */
@NullMarked
package io.github.llmcache.autoconfigure.judge;

import org.jspecify.annotations.NullMarked;
