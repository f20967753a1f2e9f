package io.github.llmcache.encryption;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;

/**
 * Keys that tests encrypt with, and that change while they run.
 */
public final class TestKeys implements EncryptionKeySource {

	private static final int DIGEST_KEY = 99;

	private final byte[] digestKey;

	private volatile EncryptionKeys keys;

	public TestKeys(String primary, String... older) {
		this(DIGEST_KEY, primary, older);
	}

	private TestKeys(int digestKey, String primary, String... older) {
		this.digestKey = key(digestKey);
		rotate(primary, older);
	}

	/**
	 * Encrypt with another key from now on.
	 */
	public void rotate(String primary, String... older) {
		Map<String, byte[]> byId = new HashMap<>(Map.of(primary, key(primary.hashCode())));
		Arrays.stream(older).forEach((id) -> byId.put(id, key(id.hashCode())));
		this.keys = new EncryptionKeys(primary, byId, this.digestKey);
	}

	@Override
	public EncryptionKeys keys() {
		return this.keys;
	}

	public static ValueCipher cipher(String primary, String... older) {
		return new ValueCipher(new TestKeys(primary, older));
	}

	/**
	 * One that finds nothing that was stored by the others.
	 */
	public static ValueCipher cipherWithDigestKey(int digestKey, String primary) {
		return new ValueCipher(new TestKeys(digestKey, primary));
	}

	/**
	 * The same bytes for the same number.
	 */
	public static byte[] key(int number) {
		byte[] key = new byte[32];
		new Random(number).nextBytes(key);
		return key;
	}

}
