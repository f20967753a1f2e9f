package io.github.llmcache.encryption;

/**
 * A value cannot be decrypted: it was encrypted with a key that is not known, or changed,
 * or is none.
 */
public final class SealedValueException extends RuntimeException {

	SealedValueException(String message) {
		super(message);
	}

}
