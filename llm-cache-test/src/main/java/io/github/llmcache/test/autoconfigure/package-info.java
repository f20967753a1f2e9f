/**
 * Tests of what is cached, without the rest of the application: a slice, and what it
 * configures.
 */
@NullMarked
package io.github.llmcache.test.autoconfigure;

import org.jspecify.annotations.NullMarked;
