/**
 * Keeps answers that were reported to be wrong from being served again. Internal: not
 * part of the API.
 */
@NullMarked
package io.github.llmcache.correction;

import org.jspecify.annotations.NullMarked;
