/**
 * What several packages ask the Java platform for: digests, the state of its values, and
 * what the garbage collector leaves of recent results. Internal: not part of the API.
 */
@NullMarked
package io.github.llmcache.platform;

import org.jspecify.annotations.NullMarked;
