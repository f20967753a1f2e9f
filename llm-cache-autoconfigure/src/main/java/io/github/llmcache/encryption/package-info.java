/**
 * Encryption of what a store on another machine keeps, and keyed digests in place of what
 * it only compares.
 */
@NullMarked
package io.github.llmcache.encryption;

import org.jspecify.annotations.NullMarked;
