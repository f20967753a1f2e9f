/**
 * Answers as bytes: JSON by Jackson.
 */
@NullMarked
package io.github.llmcache.codec;

import org.jspecify.annotations.NullMarked;
