package io.github.llmcache.benchmarks.peer;

import java.time.Duration;

import com.alicp.jetcache.anno.config.EnableMethodCache;
import com.alicp.jetcache.autoconfigure.JetCacheAutoConfiguration;
import io.lettuce.core.RedisClient;
import org.redisson.api.RedissonClient;
import org.redisson.config.Config;
import org.redisson.spring.cache.RedissonSpringCacheManager;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.cache.autoconfigure.CacheAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import io.github.llmcache.autoconfigure.LlmCacheAutoConfiguration;
import io.github.llmcache.embedding.CachingTextEmbedder;
import io.github.llmcache.store.CacheStore;

/**
 * An application for each kind of cache. {@code benchmark.latency} is how long the model
 * takes.
 */
final class PeerConfigurations {

	private static final String LATENCY = "${benchmark.latency:0}";

	/** Of benchmarks only. */
	static final int REDIS_DATABASE = 9;

	static final String REDIS = "redis://127.0.0.1:${spring.data.redis.port}/" + REDIS_DATABASE;

	private PeerConfigurations() {
	}

	@Configuration(proxyBeanMethods = false)
	static class Plain {

		@Bean
		Assistant assistant(@Value(LATENCY) Duration latency) {
			return new Assistant(latency);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableCaching(proxyTargetClass = true)
	@ImportAutoConfiguration({ DataRedisAutoConfiguration.class, CacheAutoConfiguration.class })
	static class Cacheable {

		@Bean
		Assistant assistant(@Value(LATENCY) Duration latency) {
			return new CacheableAssistant(latency);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableCaching(proxyTargetClass = true)
	static class Redisson {

		@Bean(destroyMethod = "shutdown")
		RedissonClient redisson(@Value(REDIS) String uri) {
			Config config = new Config();
			config.useSingleServer().setAddress(uri).setDatabase(REDIS_DATABASE);
			return org.redisson.Redisson.create(config);
		}

		@Bean
		RedissonSpringCacheManager cacheManager(RedissonClient redisson) {
			return new RedissonSpringCacheManager(redisson);
		}

		@Bean
		Assistant assistant(@Value(LATENCY) Duration latency) {
			return new CacheableAssistant(latency);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableMethodCache(basePackages = "io.github.llmcache.benchmarks.peer", proxyTargetClass = true)
	@ImportAutoConfiguration(JetCacheAutoConfiguration.class)
	static class JetCacheLocal {

		@Bean
		Assistant assistant(@Value(LATENCY) Duration latency) {
			return new JetCacheLocalAssistant(latency);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableMethodCache(basePackages = "io.github.llmcache.benchmarks.peer", proxyTargetClass = true)
	@ImportAutoConfiguration(JetCacheAutoConfiguration.class)
	static class JetCacheRemote {

		@Bean
		Assistant assistant(@Value(LATENCY) Duration latency) {
			return new JetCacheRemoteAssistant(latency);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Lettuce {

		@Bean
		Assistant assistant(@Value(LATENCY) Duration latency, @Value(REDIS) String uri) {
			return new LettuceAssistant(latency, RedisClient.create(uri));
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Embedding {

		@Bean
		Assistant assistant() throws Exception {
			return new EmbeddingAssistant();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Search {

		@Bean
		Assistant assistant(@Value(LATENCY) Duration latency) {
			return new SearchAssistant(latency);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class LangChain4j {

		@Bean
		Assistant assistant(@Value(LATENCY) Duration latency) {
			return new LangChain4jAssistant(latency);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Original {

		@Bean
		Assistant assistant(@Value(LATENCY) Duration latency, @Value(REDIS) String uri) {
			return new OriginalAssistant(latency, RedisClient.create(uri));
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ DataRedisAutoConfiguration.class, JacksonAutoConfiguration.class,
			LlmCacheAutoConfiguration.class })
	static class LlmCached {

		@Bean
		Assistant assistant(@Value(LATENCY) Duration latency) {
			return new LlmCachedAssistant(latency);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ DataRedisAutoConfiguration.class, JacksonAutoConfiguration.class,
			LlmCacheAutoConfiguration.class })
	static class LlmCachedSemantic {

		@Bean
		CachingTextEmbedder embedder() {
			return new CachingTextEmbedder(new FillingEmbedder(), 10_000);
		}

		@Bean
		SemanticAssistant.LatestPartition keys() {
			return new SemanticAssistant.LatestPartition();
		}

		@Bean
		Assistant assistant(@Value(LATENCY) Duration latency, ObjectProvider<CacheStore> store,
				SemanticAssistant.LatestPartition keys) {
			return new SemanticAssistant(latency, store, keys);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class SlowEmbedding {

		@Bean
		Assistant assistant() {
			return new SlowEmbeddingAssistant();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@Import(LlmCached.class)
	static class LlmCachedSlowly {

		@Bean
		CachingTextEmbedder embedder() {
			return new CachingTextEmbedder(new SlowEmbedder(), 10_000);
		}

	}

}
