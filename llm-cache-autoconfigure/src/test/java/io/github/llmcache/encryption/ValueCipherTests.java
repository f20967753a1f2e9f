package io.github.llmcache.encryption;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link ValueCipher} and {@link EncryptionKeys}.
 */
class ValueCipherTests {

	private final TestKeys keys = new TestKeys("first");

	private final ValueCipher cipher = new ValueCipher(this.keys);

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 15, 16, 17, 100_000 })
	void valueComesBackAsItWas(int length) {
		byte[] value = new byte[length];
		for (byte[] sealed : new byte[][] { this.cipher.seal(value, "here"),
				this.cipher.sealRepeatably(value, "here") }) {
			assertThat(sealed).hasSize(length + ValueCipher.OVERHEAD);
			assertThat(this.cipher.open(sealed, "here")).isEqualTo(value);
		}
	}

	@Test
	void noTwoValuesAreEncryptedAlike() {
		byte[] value = bytes("value");
		Set<String> sealed = new HashSet<>();
		for (int i = 0; i < 1_000; i++) {
			sealed.add(new String(this.cipher.seal(value, "here"), StandardCharsets.ISO_8859_1));
		}
		assertThat(sealed).hasSize(1_000);
	}

	@Test
	void whatIsComparedIsEncryptedAlikeInOnePlaceOnly() {
		byte[] sealed = this.cipher.sealRepeatably(bytes("value"), "here");
		assertThat(this.cipher.sealRepeatably(bytes("value"), "here")).isEqualTo(sealed);
		assertThat(this.cipher.sealRepeatably(bytes("value"), "there")).isNotEqualTo(sealed);
		assertThat(this.cipher.sealRepeatably(bytes("other"), "here")).isNotEqualTo(sealed);
		this.keys.rotate("second", "first");
		assertThat(this.cipher.sealRepeatably(bytes("value"), "here")).isEqualTo(sealed);
	}

	@Test
	void valueInAnotherPlaceCannotBeDecrypted() {
		byte[] sealed = this.cipher.seal(bytes("value"), "here");
		assertThatExceptionOfType(SealedValueException.class).isThrownBy(() -> this.cipher.open(sealed, "there"));
	}

	@Test
	void changedByteIsNoticedWhereverItIs() {
		byte[] sealed = this.cipher.seal(bytes("value"), "here");
		for (int i = 0; i < sealed.length; i++) {
			byte[] changed = sealed.clone();
			changed[i] ^= 1;
			assertThatExceptionOfType(SealedValueException.class).as("byte " + i)
				.isThrownBy(() -> this.cipher.open(changed, "here"));
		}
		assertThatExceptionOfType(SealedValueException.class).isThrownBy(() -> this.cipher.open(new byte[3], "here"));
		assertThatExceptionOfType(SealedValueException.class)
			.isThrownBy(() -> this.cipher.open(bytes("what was never encrypted at all, but is long enough"), "here"));
	}

	@Test
	void olderKeyIsForReadingAsLongAsItIsThere() {
		byte[] sealed = this.cipher.seal(bytes("value"), "here");
		this.keys.rotate("second", "first");
		byte[] later = this.cipher.seal(bytes("value"), "here");
		assertThat(this.cipher.open(sealed, "here")).isEqualTo(bytes("value"));
		this.keys.rotate("second");
		assertThat(this.cipher.open(later, "here")).isEqualTo(bytes("value"));
		assertThatExceptionOfType(SealedValueException.class).isThrownBy(() -> this.cipher.open(sealed, "here"))
			.withMessageContaining("a key that is not known");
	}

	@Test
	void digestsDependOnKeyPurposeAndText() {
		ValueCipher other = new ValueCipher(
				() -> new EncryptionKeys("first", Map.of("first", TestKeys.key(1)), TestKeys.key(2)));
		assertThat(Set.of(this.cipher.digest("scope", "a"), this.cipher.digest("scope", "b"),
				this.cipher.digest("prompt", "a"), other.digest("scope", "a")))
			.hasSize(4)
			.allMatch((digest) -> digest.matches("[0-9a-f]{64}"));
		assertThat(TestKeys.cipher("second").digest("scope", "a")).isEqualTo(this.cipher.digest("scope", "a"));
	}

	@Test
	void keysThatCannotBeUsedAreRefusedAndNotQuoted() {
		byte[] key = TestKeys.key(1);
		assertThatIllegalArgumentException().isThrownBy(() -> new EncryptionKeys("a", Map.of("b", key), key))
			.withMessageContaining("'a'");
		assertThatIllegalArgumentException().isThrownBy(() -> new EncryptionKeys("a", Map.of("a", new byte[16]), key))
			.withMessage("The key 'a' must have 32 bytes but has 16");
		assertThatIllegalArgumentException().isThrownBy(() -> new EncryptionKeys("a", Map.of("a", key), new byte[31]))
			.withMessageContaining("31");
		assertThat(new EncryptionKeys("a", Map.of("a", key), key)).hasToString("EncryptionKeys[1 keys]");
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
