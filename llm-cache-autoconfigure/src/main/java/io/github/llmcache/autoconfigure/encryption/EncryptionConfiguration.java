package io.github.llmcache.autoconfigure.encryption;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Role;

import io.github.llmcache.autoconfigure.properties.LlmCacheProperties;
import io.github.llmcache.encryption.EncryptionKeySource;
import io.github.llmcache.encryption.EncryptionKeys;
import io.github.llmcache.encryption.ValueCipher;

/**
 * Encrypts entries with the keys of a bean, or else of properties.
 */
@Configuration(proxyBeanMethods = false)
public class EncryptionConfiguration {

	@Bean
	@ConditionalOnMissingBean
	ConfiguredCipher llmCacheCipher(LlmCacheProperties properties, ObjectProvider<EncryptionKeySource> source) {
		EncryptionKeySource keys = source.getIfAvailable();
		if (keys == null) {
			keys = keys(properties.encryption().encryptionKeys());
		}
		return new ConfiguredCipher((keys != null) ? new ValueCipher(keys) : null);
	}

	private static @Nullable EncryptionKeySource keys(@Nullable EncryptionKeys keys) {
		return (keys != null) ? () -> keys : null;
	}

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static KeyedKeys llmCacheKeyedKeys(ObjectProvider<ConfiguredCipher> cipher) {
		return new KeyedKeys(cipher::getObject);
	}

}
