package io.github.llmcache.store.redis;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.encryption.SealedValueException;
import io.github.llmcache.encryption.ValueCipher;
import io.github.llmcache.platform.Sha256;
import io.github.llmcache.store.CacheKey;

/**
 * Encrypts what is stored, bound to the place where it is stored, if there is a cipher.
 * Otherwise everything is stored as it is, and scopes as digests without a key.
 */
final class Sealing {

	/** Nothing is encrypted. */
	static final Sealing NONE = new Sealing(null);

	private static final String DIGEST = "sha256:";

	private static final String KEYED_DIGEST = "hmac:";

	private static final int DIGITS = 64;

	private final @Nullable ValueCipher cipher;

	Sealing(@Nullable ValueCipher cipher) {
		this.cipher = cipher;
	}

	/** A part of what is stored at an address. */
	static String context(CacheKey key, String part) {
		return key.partition().id() + ':' + key.digest() + ':' + part;
	}

	byte[] seal(byte[] value, String context) {
		return (this.cipher != null) ? this.cipher.seal(value, context) : value;
	}

	byte[] sealRepeatably(byte[] value, String context) {
		return (this.cipher != null) ? this.cipher.sealRepeatably(value, context) : value;
	}

	/**
	 * Decrypt either of both.
	 * @throws SealedValueException if that is impossible
	 */
	byte[] open(byte[] value, String context) {
		return (this.cipher != null) ? this.cipher.open(value, context) : value;
	}

	/**
	 * Decrypt a part of what is stored at an address.
	 * @throws SealedValueException if that is impossible
	 */
	byte[] open(byte[] value, CacheKey key, String part) {
		return (this.cipher != null) ? open(value, context(key, part)) : value;
	}

	/** As text without blanks, separators and line breaks. */
	String sealText(String text, String context) {
		return (this.cipher != null) ? encode(this.cipher.seal(text.getBytes(StandardCharsets.UTF_8), context)) : text;
	}

	/** As text without blanks, separators and line breaks. */
	String sealTextRepeatably(String text, String context) {
		return (this.cipher != null)
				? encode(this.cipher.sealRepeatably(text.getBytes(StandardCharsets.UTF_8), context)) : text;
	}

	/**
	 * Decrypt either of both texts.
	 * @throws SealedValueException if that is impossible
	 * @throws IllegalArgumentException if somebody else has written it
	 */
	String openText(String text, String context) {
		return (this.cipher != null)
				? new String(this.cipher.open(Base64.getUrlDecoder().decode(text), context), StandardCharsets.UTF_8)
				: text;
	}

	private static String encode(byte[] sealed) {
		return Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
	}

	/** The size of what has so many bytes. */
	int size(int bytes) {
		return (this.cipher != null) ? bytes + ValueCipher.OVERHEAD : bytes;
	}

	boolean isOn() {
		return this.cipher != null;
	}

	/**
	 * What stands for a scope.
	 * @param scope the scope, or what {@link #scope} has returned, here or in another
	 * application with the same key
	 * @throws IllegalArgumentException if it was digested with a key, and there is none
	 */
	@Nullable String scopeDigest(@Nullable String scope) {
		if (scope == null) {
			return null;
		}
		if (scope.startsWith(KEYED_DIGEST) && scope.length() == KEYED_DIGEST.length() + DIGITS) {
			if (this.cipher == null) {
				throw new IllegalArgumentException("the scope is known as a digest with a key, which is not set");
			}
			return scope.substring(KEYED_DIGEST.length());
		}
		String digest = scope.startsWith(DIGEST) ? scope.substring(DIGEST.length()) : Sha256.hex(scope);
		return (this.cipher != null) ? this.cipher.digest("scope", digest) : digest;
	}

	/** A digest as the scope of a partition, told from a text. */
	@Nullable String scope(@Nullable String scopeDigest) {
		if (scopeDigest == null) {
			return null;
		}
		return ((this.cipher != null) ? KEYED_DIGEST : DIGEST) + scopeDigest;
	}

}
