package io.github.llmcache.autoconfigure;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Import;

import io.github.llmcache.annotation.LlmCached;
import io.github.llmcache.autoconfigure.cost.CostConfiguration;
import io.github.llmcache.autoconfigure.executor.ExecutorConfiguration;
import io.github.llmcache.autoconfigure.encryption.EncryptionConfiguration;
import io.github.llmcache.autoconfigure.judge.JudgeConfiguration;
import io.github.llmcache.autoconfigure.observation.ObservationConfiguration;
import io.github.llmcache.autoconfigure.properties.LlmCacheProperties;
import io.github.llmcache.autoconfigure.settings.SettingsConfiguration;

/**
 * Auto-configuration for {@link LlmCached @LlmCached} and what stands behind it.
 */
@AutoConfiguration(afterName = { "org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration",
		"org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration" })
@ConditionalOnBooleanProperty(name = "llm-cache.enabled", matchIfMissing = true)
@EnableConfigurationProperties(LlmCacheProperties.class)
@Import({ InterceptorConfiguration.class, EngineConfiguration.class, ExecutorConfiguration.class,
		RedisStoreConfiguration.class, MemoryStoreConfiguration.class, DjlEmbeddingConfiguration.class,
		SpringAiEmbeddingConfiguration.class, VerificationConfiguration.class, ParaphraseConfiguration.class,
		CalibrationConfiguration.class, StatisticsConfiguration.class, JudgeConfiguration.class,
		ReactorConfiguration.class, TransactionConfiguration.class, SettingsConfiguration.class,
		CostConfiguration.class, EncryptionConfiguration.class, ObservationConfiguration.class })
public final class LlmCacheAutoConfiguration {

}
