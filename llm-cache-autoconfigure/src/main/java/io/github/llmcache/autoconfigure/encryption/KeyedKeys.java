package io.github.llmcache.autoconfigure.encryption;

import java.util.function.Supplier;

import org.springframework.beans.factory.config.BeanPostProcessor;

import io.github.llmcache.encryption.KeyedPromptKeyGenerator;
import io.github.llmcache.encryption.ValueCipher;
import io.github.llmcache.key.PromptKeyGenerator;

/**
 * Has keys made with a secret where entries are encrypted, whichever bean makes them.
 */
final class KeyedKeys implements BeanPostProcessor {

	private final Supplier<ConfiguredCipher> cipher;

	KeyedKeys(Supplier<ConfiguredCipher> cipher) {
		this.cipher = cipher;
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		if (bean instanceof PromptKeyGenerator keys && !(bean instanceof KeyedPromptKeyGenerator)) {
			ValueCipher configured = this.cipher.get().cipher();
			return (configured != null) ? new KeyedPromptKeyGenerator(keys, configured) : bean;
		}
		return bean;
	}

}
