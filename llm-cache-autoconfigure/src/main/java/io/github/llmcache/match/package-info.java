/**
 * Finds candidates for a prompt, and chooses the one whose answer may be served.
 * Internal: not part of the API.
 */
@NullMarked
package io.github.llmcache.match;

import org.jspecify.annotations.NullMarked;
