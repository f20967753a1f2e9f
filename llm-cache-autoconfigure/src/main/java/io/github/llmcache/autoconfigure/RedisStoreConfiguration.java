package io.github.llmcache.autoconfigure;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails.MasterReplica;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails.Node;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.data.redis.connection.RedisPassword;
import org.springframework.data.redis.connection.RedisStaticMasterReplicaConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import io.github.llmcache.autoconfigure.IndexConfiguration.IndexBuilder;
import io.github.llmcache.autoconfigure.encryption.ConfiguredCipher;
import io.github.llmcache.autoconfigure.properties.InvalidPropertyException;
import io.github.llmcache.autoconfigure.properties.LlmCacheProperties;
import io.github.llmcache.index.VectorIndexFactory;
import io.github.llmcache.store.CacheStore;
import io.github.llmcache.store.StoreUnavailableException;
import io.github.llmcache.store.redis.RedisCacheStore;
import io.github.llmcache.store.redis.connection.CacheConnection;

/**
 * The store on Redis, where there is a connection factory, unless the embedded store is
 * asked for.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(value = { LettuceConnectionFactory.class, DataRedisConnectionDetails.class },
		name = { "io.lettuce.core.RedisClient", "io.github.resilience4j.circuitbreaker.CircuitBreaker" })
@ConditionalOnProperty(name = "llm-cache.store", havingValue = "redis", matchIfMissing = true)
@Conditional(RedisStoreConfiguration.OnConnectionFactory.class)
@ConditionalOnMissingBean(CacheStore.class)
@Import(IndexConfiguration.class)
class RedisStoreConfiguration {

	/** Spring Boot's own bean, to which its connection details belong. */
	private static final String AUTO_CONFIGURED = "redisConnectionFactory";

	@Bean
	@ConditionalOnMissingBean
	CacheConnection llmCacheConnection(LlmCacheProperties properties, ListableBeanFactory beans,
			ObjectProvider<RedisStaticMasterReplicaConfiguration> masterReplicaConfiguration,
			ObjectProvider<DataRedisConnectionDetails> details) {
		Duration timeout = properties.redis().timeout();
		RedisStaticMasterReplicaConfiguration masterReplica = masterReplicaConfiguration.getIfAvailable();
		String name = properties.redis().connectionFactory();
		LettuceConnectionFactory application = (name != null) ? connectionFactory(name, beans)
				: beans.getBean(LettuceConnectionFactory.class);
		if (masterReplica == null && (name == null || name.equals(AUTO_CONFIGURED))) {
			masterReplica = masterReplica(details.getIfAvailable());
		}
		return (masterReplica != null) ? new CacheConnection(application, masterReplica, timeout)
				: new CacheConnection(application, timeout);
	}

	@Bean
	RedisCacheStore llmCacheStore(LlmCacheProperties properties, CacheConnection connection, IndexBuilder indexBuilder,
			LlmCacheEvents events, ConfiguredCipher cipher) {
		LlmCacheProperties.Redis redis = properties.redis();
		VectorIndexFactory indexes = new VectorIndexFactory(VectorIndexFactory.DEFAULT_GRAPH_THRESHOLD,
				indexBuilder.executor());
		RedisCacheStore store = new RedisCacheStore(connection, properties.redisSettings(), redis.retryAfter(), indexes,
				indexBuilder.executor(), events.listener(), cipher.cipher());
		try {
			store.connect();
		}
		catch (StoreUnavailableException ex) {
			// the store has logged it, and asks again with the calls
		}
		return store;
	}

	private static LettuceConnectionFactory connectionFactory(String name, ListableBeanFactory beans) {
		if (!beans.containsBean(name) || !beans.isTypeMatch(name, LettuceConnectionFactory.class)) {
			throw new InvalidPropertyException("llm-cache.redis.connection-factory", name,
					"Give the name of a LettuceConnectionFactory bean: "
							+ String.join(", ", beans.getBeanNamesForType(LettuceConnectionFactory.class)) + ".");
		}
		return beans.getBean(name, LettuceConnectionFactory.class);
	}

	/**
	 * The only kind of servers that a connection factory does not reveal.
	 */
	private static @Nullable RedisStaticMasterReplicaConfiguration masterReplica(
			@Nullable DataRedisConnectionDetails details) {
		MasterReplica masterReplica = (details != null) ? details.getMasterReplica() : null;
		if (details == null || masterReplica == null) {
			return null;
		}
		Node first = masterReplica.getNodes().get(0);
		RedisStaticMasterReplicaConfiguration configuration = new RedisStaticMasterReplicaConfiguration(first.host(),
				first.port());
		masterReplica.getNodes().stream().skip(1).forEach((node) -> configuration.addNode(node.host(), node.port()));
		configuration.setUsername(details.getUsername());
		configuration.setPassword(RedisPassword.of(details.getPassword()));
		return configuration;
	}

	/**
	 * One connection factory, or one that is named.
	 */
	static class OnConnectionFactory extends AnyNestedCondition {

		OnConnectionFactory() {
			super(ConfigurationPhase.REGISTER_BEAN);
		}

		@ConditionalOnSingleCandidate(LettuceConnectionFactory.class)
		static class Single {

		}

		@ConditionalOnProperty("llm-cache.redis.connection-factory")
		static class Named {

		}

	}

}
