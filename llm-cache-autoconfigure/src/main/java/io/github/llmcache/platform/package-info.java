/**
 * What several packages ask the Java platform for: digests, and the state of its values.
 * Internal: not part of the API.
 */
@NullMarked
package io.github.llmcache.platform;

import org.jspecify.annotations.NullMarked;
