package io.github.llmcache.platform;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Digests by SHA-256.
 */
public final class Sha256 {

	private Sha256() {
	}

	/**
	 * Begin a digest.
	 * @return a new digest, for one thread
	 */
	public static MessageDigest begin() {
		try {
			return MessageDigest.getInstance("SHA-256");
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-256", ex);
		}
	}

	/**
	 * Digest a text, half characters included.
	 * @param text the text
	 * @return 64 hexadecimal digits
	 */
	public static String hex(String text) {
		return hex(text.getBytes(StandardCharsets.UTF_16BE));
	}

	/**
	 * Digest bytes.
	 * @param bytes the bytes
	 * @return 64 hexadecimal digits
	 */
	public static String hex(byte[] bytes) {
		return HexFormat.of().formatHex(begin().digest(bytes));
	}

}
