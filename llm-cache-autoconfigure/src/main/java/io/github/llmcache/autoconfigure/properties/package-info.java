/**
 * The properties of the cache, and the policies of tasks that they make.
 */
@NullMarked
package io.github.llmcache.autoconfigure.properties;

import org.jspecify.annotations.NullMarked;
