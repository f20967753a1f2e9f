package io.github.llmcache.encryption;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.github.llmcache.key.CacheIdentity;
import io.github.llmcache.key.DigestPromptKeyGenerator;
import io.github.llmcache.key.PromptKeyGenerator;
import io.github.llmcache.test.contract.PromptKeyGeneratorContract;
import io.github.llmcache.store.CacheKey;
import io.github.llmcache.store.Partition;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@link KeyedPromptKeyGenerator} keeps the contract, and its keys are secret.
 */
class KeyedPromptKeyGeneratorTests extends PromptKeyGeneratorContract {

	private static final DigestPromptKeyGenerator PLAIN = new DigestPromptKeyGenerator();

	private static final KeyedPromptKeyGenerator GENERATOR = new KeyedPromptKeyGenerator(PLAIN,
			TestKeys.cipher("first"));

	private static final CacheIdentity IDENTITY = new CacheIdentity("support", "String", "small", null, "tenant",
			List.of());

	@Override
	protected PromptKeyGenerator generator() {
		return GENERATOR;
	}

	@Test
	void keyOfAPartitionIsThatOfItsIdentity() {
		CacheKey key = GENERATOR.generate(IDENTITY, "mini-1", "prompt");
		assertThat(GENERATOR.generate(key.partition(), "prompt")).isEqualTo(key);
		assertThat(GENERATOR.generate(key.partition(), "another prompt")).isNotEqualTo(key);
	}

	@Test
	void partitionOfAnotherEmbedderIsThatOfTheSameIdentity() {
		Partition one = GENERATOR.generate(IDENTITY, "mini-1", "prompt").partition();
		Partition other = GENERATOR.generate(IDENTITY, "mini-2", "prompt").partition();
		assertThat(other).isNotEqualTo(one);
		assertThat(GENERATOR.withEmbedder(one, "mini-2")).isEqualTo(other);
		assertThat(GENERATOR.withEmbedder(one, "mini-1")).isEqualTo(one);
	}

	@Test
	void nothingOfAKeyIsKnownWithoutTheSecret() {
		CacheKey plain = PLAIN.generate(IDENTITY, "mini-1", "prompt");
		CacheKey keyed = GENERATOR.generate(IDENTITY, "mini-1", "prompt");
		for (int begin = 0; begin < 64; begin += 16) {
			assertThat(keyed.partition().id()).doesNotContain(plain.partition().id().substring(begin, begin + 16));
			assertThat(keyed.digest()).doesNotContain(plain.digest().substring(begin, begin + 16));
		}
		assertThat(keyed.digest()).isNotEqualTo(PLAIN.generate(keyed.partition(), "prompt").digest());
		KeyedPromptKeyGenerator other = new KeyedPromptKeyGenerator(PLAIN,
				new ValueCipher(() -> new EncryptionKeys("first", Map.of("first", TestKeys.key(1)), TestKeys.key(2))));
		assertThat(other.generate(IDENTITY, "mini-1", "prompt")).isNotEqualTo(keyed);
		assertThat(other.fingerprint()).isNotEqualTo(GENERATOR.fingerprint());
	}

}
