package io.github.llmcache.encryption;

/**
 * Knows the keys that entries are encrypted with.
 */
@FunctionalInterface
public interface EncryptionKeySource {

	/**
	 * The keys as of now. Asked for each value that is encrypted or decrypted, so it has
	 * to answer at once: return the same object until the keys change. The key for
	 * digests must not change while the application runs.
	 * @return the keys
	 */
	EncryptionKeys keys();

}
