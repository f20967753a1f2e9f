package io.github.llmcache.encryption;

import java.util.HashMap;
import java.util.Map;

import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.platform.Sha256;

/**
 * The keys that entries are encrypted and decrypted with. What is stored is encrypted
 * with the primary one; the others are for what was stored before.
 * <p>
 * A key is good for some four billion values; take another one before.
 */
public final class EncryptionKeys {

	/** What tells with which key a value is encrypted: the beginning of a digest. */
	static final int TAG_DIGITS = 8;

	private static final int KEY_BYTES = 32;

	private final String primary;

	private final Map<String, SecretKey> byTag = new HashMap<>();

	private final byte[] digestKey;

	/**
	 * Create the keys.
	 * @param primary the id of the key that values are encrypted with
	 * @param keys the keys by id, 32 random bytes each; the id names a key for good
	 * @param digestKey the key for digests, 32 random bytes or more. Nothing is found
	 * that was stored with another one
	 * @throws IllegalArgumentException if a key is missing or has another length; the
	 * message does not quote keys
	 */
	public EncryptionKeys(String primary, Map<String, byte[]> keys, byte[] digestKey) {
		if (!keys.containsKey(primary)) {
			throw new IllegalArgumentException("There is no key with the id '" + primary + "' of the primary key");
		}
		keys.forEach((id, key) -> {
			if (key.length != KEY_BYTES) {
				throw new IllegalArgumentException(
						"The key '" + id + "' must have " + KEY_BYTES + " bytes but has " + key.length);
			}
			if (this.byTag.put(tag(id), new SecretKeySpec(key, "AES")) != null) {
				throw new IllegalArgumentException("The key '" + id + "' needs another id");
			}
		});
		if (digestKey.length < KEY_BYTES) {
			throw new IllegalArgumentException(
					"The key for digests must have at least " + KEY_BYTES + " bytes but has " + digestKey.length);
		}
		this.primary = tag(primary);
		this.digestKey = digestKey.clone();
	}

	String primaryTag() {
		return this.primary;
	}

	@Nullable SecretKey key(String tag) {
		return this.byTag.get(tag);
	}

	byte[] digestKey() {
		return this.digestKey;
	}

	private static String tag(String id) {
		return Sha256.hex(id).substring(0, TAG_DIGITS);
	}

	/**
	 * How many there are, and not what they are.
	 */
	@Override
	public String toString() {
		return "EncryptionKeys[" + this.byTag.size() + " keys]";
	}

}
