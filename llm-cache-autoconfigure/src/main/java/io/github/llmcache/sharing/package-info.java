/**
 * Serves answers of other scopes, once enough scopes have an equal one. Internal: not
 * part of the API.
 */
@NullMarked
package io.github.llmcache.sharing;

import org.jspecify.annotations.NullMarked;
