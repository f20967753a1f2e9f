/**
 * Sets up the encryption of what the store on Redis keeps.
 */
@NullMarked
package io.github.llmcache.autoconfigure.encryption;

import org.jspecify.annotations.NullMarked;
