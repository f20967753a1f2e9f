package io.github.llmcache.autoconfigure.encryption;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.encryption.ValueCipher;

/**
 * Encrypts entries, if the application has keys for that.
 *
 * @param cipher the cipher, or {@code null} if nothing is encrypted
 */
public record ConfiguredCipher(@Nullable ValueCipher cipher) {

}
