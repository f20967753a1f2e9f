/**
 * From a request to the address of its answer: canonical JSON of arguments, and digests.
 */
@NullMarked
package io.github.llmcache.key;

import org.jspecify.annotations.NullMarked;
