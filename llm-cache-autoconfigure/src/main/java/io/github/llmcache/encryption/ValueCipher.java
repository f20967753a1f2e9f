package io.github.llmcache.encryption;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;

import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts values by AES-256 in Galois/Counter Mode (NIST SP 800-38D), and makes keyed
 * digests by HMAC-SHA-256 (RFC 2104).
 * <p>
 * A value is bound to a context, such as the place where it is stored: in another place
 * it cannot be decrypted. It is 33 bytes longer then: a version, four bytes of a digest
 * of the key's id, a nonce of twelve and a tag of sixteen bytes. Safe for use by many
 * threads.
 */
public final class ValueCipher {

	/** How much longer a value is when it is encrypted. */
	public static final int OVERHEAD = 33;

	private static final byte VERSION = 1;

	private static final int KEY_TAG = EncryptionKeys.TAG_DIGITS / 2;

	private static final int NONCE = 12;

	private static final int GCM_TAG_BITS = 128;

	private static final String MAC = "HmacSHA256";

	/** In place of the tag of a key: the key is that for digests. */
	private static final byte[] REPEATABLE = new byte[KEY_TAG];

	private final EncryptionKeySource source;

	private final SecretKey digestKey;

	private final SecretKey repeatableKey;

	private final SecureRandom random = new SecureRandom();

	/**
	 * Create a cipher.
	 * @param source knows the keys
	 */
	public ValueCipher(EncryptionKeySource source) {
		this.source = source;
		this.digestKey = new SecretKeySpec(source.keys().digestKey(), MAC);
		this.repeatableKey = new SecretKeySpec(mac("encryption of what is compared".getBytes(StandardCharsets.UTF_8)),
				"AES");
	}

	/**
	 * Encrypt a value with the primary key.
	 * @param value the value
	 * @param context what it is bound to
	 * @return the value, encrypted; different each time
	 */
	public byte[] seal(byte[] value, String context) {
		EncryptionKeys keys = this.source.keys();
		byte[] nonce = new byte[NONCE];
		this.random.nextBytes(nonce);
		SecretKey key = keys.key(keys.primaryTag());
		if (key == null) {
			throw new IllegalStateException("There is no primary key");
		}
		return seal(HexFormat.of().parseHex(keys.primaryTag()), key, nonce, value, context);
	}

	/**
	 * Encrypt a value that is compared with others where it is stored: equal values are
	 * equal when they are encrypted in the same context. The key for digests does that,
	 * which does not change.
	 * @param value the value
	 * @param context what it is bound to
	 * @return the value, encrypted; always the same
	 */
	public byte[] sealRepeatably(byte[] value, String context) {
		byte[] text = context.getBytes(StandardCharsets.UTF_8);
		byte[] nonce = Arrays.copyOf(mac(ByteBuffer.allocate(Integer.BYTES + text.length + value.length)
			.putInt(text.length)
			.put(text)
			.put(value)
			.array()), NONCE);
		return seal(REPEATABLE, this.repeatableKey, nonce, value, context);
	}

	private static byte[] seal(byte[] tag, SecretKey key, byte[] nonce, byte[] value, String context) {
		try {
			byte[] encrypted = cipher(Cipher.ENCRYPT_MODE, key, nonce, context).doFinal(value);
			return ByteBuffer.allocate(1 + KEY_TAG + NONCE + encrypted.length)
				.put(VERSION)
				.put(tag)
				.put(nonce)
				.put(encrypted)
				.array();
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("Every Java platform has AES-GCM", ex);
		}
	}

	/**
	 * Decrypt a value, whichever of the keys it was encrypted with.
	 * @param sealed the value, encrypted
	 * @param context what it is bound to
	 * @return the value
	 * @throws SealedValueException if that is impossible
	 */
	public byte[] open(byte[] sealed, String context) {
		if (sealed.length < OVERHEAD || sealed[0] != VERSION) {
			throw new SealedValueException("It is not encrypted");
		}
		byte[] tag = Arrays.copyOfRange(sealed, 1, 1 + KEY_TAG);
		SecretKey key = Arrays.equals(tag, REPEATABLE) ? this.repeatableKey
				: this.source.keys().key(HexFormat.of().formatHex(tag));
		if (key == null) {
			throw new SealedValueException("It was encrypted with a key that is not known here");
		}
		byte[] nonce = Arrays.copyOfRange(sealed, 1 + KEY_TAG, 1 + KEY_TAG + NONCE);
		try {
			int begin = 1 + KEY_TAG + NONCE;
			return cipher(Cipher.DECRYPT_MODE, key, nonce, context).doFinal(sealed, begin, sealed.length - begin);
		}
		catch (GeneralSecurityException ex) {
			throw new SealedValueException("It was encrypted with another key of the same id, or has been changed");
		}
	}

	private static Cipher cipher(int mode, SecretKey key, byte[] nonce, String context)
			throws GeneralSecurityException {
		Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
		cipher.init(mode, key, new GCMParameterSpec(GCM_TAG_BITS, nonce));
		cipher.updateAAD(context.getBytes(StandardCharsets.UTF_8));
		return cipher;
	}

	/**
	 * What stands for a text where it is only compared.
	 * @param purpose what the text is, so that equal texts of another purpose have
	 * another digest
	 * @param text the text
	 * @return 64 hexadecimal digits
	 */
	public String digest(String purpose, String text) {
		byte[] name = purpose.getBytes(StandardCharsets.UTF_8);
		byte[] bytes = text.getBytes(StandardCharsets.UTF_16BE);
		return HexFormat.of()
			.formatHex(mac(ByteBuffer.allocate(Integer.BYTES + name.length + bytes.length)
				.putInt(name.length)
				.put(name)
				.put(bytes)
				.array()));
	}

	private byte[] mac(byte[] message) {
		try {
			Mac mac = Mac.getInstance(MAC);
			mac.init(this.digestKey);
			return mac.doFinal(message);
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("Every Java platform has HMAC-SHA-256", ex);
		}
	}

}
