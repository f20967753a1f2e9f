package io.github.llmcache.readme;

import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;

import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

import io.github.llmcache.codec.PayloadCodec;
import io.github.llmcache.codec.PayloadException;

/**
 * Encrypts what another codec writes.
 */
class EncryptedPayloadCodec implements PayloadCodec {

	private static final int NONCE = 12;

	private static final int TAG = 16;

	private final PayloadCodec codec;

	private final SecretKey key;

	private final SecureRandom random = new SecureRandom();

	EncryptedPayloadCodec(PayloadCodec codec, SecretKey key) {
		this.codec = codec;
		this.key = key;
	}

	@Override
	public byte[] encode(Object value, Type type) {
		byte[] nonce = new byte[NONCE];
		this.random.nextBytes(nonce);
		byte[] encrypted = crypt(Cipher.ENCRYPT_MODE, nonce, ByteBuffer.wrap(this.codec.encode(value, type)));
		return ByteBuffer.allocate(NONCE + encrypted.length).put(nonce).put(encrypted).array();
	}

	@Override
	public Object decode(byte[] payload, Type type) {
		if (payload.length < NONCE + TAG) {
			throw new PayloadException("The payload is too short", null);
		}
		ByteBuffer rest = ByteBuffer.wrap(payload);
		byte[] nonce = new byte[NONCE];
		rest.get(nonce);
		return this.codec.decode(crypt(Cipher.DECRYPT_MODE, nonce, rest), type);
	}

	@Override
	public boolean supports(Type type) {
		return this.codec.supports(type);
	}

	@Override
	public String shape(Type type) {
		return this.codec.shape(type);
	}

	private byte[] crypt(int mode, byte[] nonce, ByteBuffer input) {
		try {
			Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
			cipher.init(mode, this.key, new GCMParameterSpec(8 * TAG, nonce));
			byte[] bytes = new byte[input.remaining()];
			input.get(bytes);
			return cipher.doFinal(bytes);
		}
		catch (GeneralSecurityException ex) {
			throw new PayloadException("The payload cannot be encrypted or decrypted", ex);
		}
	}

}
