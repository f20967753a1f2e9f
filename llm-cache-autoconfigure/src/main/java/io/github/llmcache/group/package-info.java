/**
 * Compares loaded answers with cached ones, and groups those that say the same. Internal:
 * not part of the API.
 */
@NullMarked
package io.github.llmcache.group;

import org.jspecify.annotations.NullMarked;
