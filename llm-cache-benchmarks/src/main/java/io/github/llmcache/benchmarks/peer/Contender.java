package io.github.llmcache.benchmarks.peer;

import java.util.ArrayList;
import java.util.List;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * A way to put a cache, or none, in front of an {@link Assistant}, with the default
 * settings.
 */
public enum Contender {

	/** The method alone. */
	PLAIN("no cache", PeerConfigurations.Plain.class),

	/** Spring's annotation on Caffeine. */
	CACHEABLE_CAFFEINE("`@Cacheable`, Caffeine", PeerConfigurations.Cacheable.class, "spring.cache.type=caffeine",
			"spring.cache.caffeine.spec=maximumSize=100000,expireAfterWrite=1d"),

	/** Spring's annotation on Spring Data Redis. */
	CACHEABLE_REDIS("`@Cacheable`, Spring Data Redis", PeerConfigurations.Cacheable.class, "spring.cache.type=redis",
			"spring.cache.redis.time-to-live=1d"),

	/** Spring's annotation on Redisson. */
	CACHEABLE_REDISSON("`@Cacheable`, Redisson", PeerConfigurations.Redisson.class),

	/** JetCache in memory. */
	JETCACHE_LOCAL("JetCache, local", PeerConfigurations.JetCacheLocal.class, "jetcache.stat-interval-minutes=0",
			"jetcache.local.default.type=caffeine", "jetcache.local.default.key-convertor=none"),

	/** JetCache on Redis. */
	JETCACHE_REMOTE("JetCache, remote", PeerConfigurations.JetCacheRemote.class, "jetcache.stat-interval-minutes=0",
			"jetcache.remote.default.type=redis.lettuce", "jetcache.remote.default.key-convertor=fastjson2",
			"jetcache.remote.default.uri=" + PeerConfigurations.REDIS),

	/** One command of Lettuce. */
	LETTUCE_GET("Lettuce `GET`", PeerConfigurations.Lettuce.class),

	/** The model that makes embeddings, alone. */
	ONNX_RUNTIME("ONNX Runtime, embedding alone", PeerConfigurations.Embedding.class),

	/** The library's embedder and index, alone. */
	EMBEDDER_AND_INDEX("embedder and index alone", PeerConfigurations.Search.class),

	/** LangChain4j in process. */
	LANGCHAIN4J("LangChain4j, in process", PeerConfigurations.LangChain4j.class),

	/** The algorithm of the original request. */
	ORIGINAL("the original request, Redis", PeerConfigurations.Original.class),

	/** The library in memory, with exact matching. */
	LLM_CACHED("`@LlmCached`", PeerConfigurations.LlmCached.class, "llm-cache.store=memory"),

	/** The library in memory, with semantic matching. */
	LLM_CACHED_SEMANTIC("`@LlmCached(semantic = true)`", PeerConfigurations.LlmCachedSemantic.class,
			"llm-cache.store=memory", "llm-cache.tasks.text.semantic=true", "llm-cache.tasks.record.semantic=true"),

	/** The same with guards only. */
	LLM_CACHED_GUARDS("`@LlmCached(semantic = true)`, no paraphrase model", PeerConfigurations.LlmCachedSemantic.class,
			"llm-cache.store=memory", "llm-cache.tasks.text.semantic=true", "llm-cache.tasks.record.semantic=true",
			"llm-cache.semantic.paraphrase-model=false"),

	/** An embedder of 50 ms, alone. */
	SLOW_EMBEDDER("embedder of 50 ms, alone", PeerConfigurations.SlowEmbedding.class),

	/** The library in memory with an embedder of 50 ms. */
	LLM_CACHED_SLOW_EMBEDDER("`@LlmCached(semantic = true)`", PeerConfigurations.LlmCachedSlowly.class,
			"llm-cache.store=memory", "llm-cache.tasks.text.semantic=true"),

	/** The library on Redis, with exact matching. */
	LLM_CACHED_REDIS("`@LlmCached`, Redis", PeerConfigurations.LlmCached.class, "llm-cache.store=redis"),

	/** The library on Redis, with semantic matching. */
	LLM_CACHED_REDIS_SEMANTIC("`@LlmCached(semantic = true)`, Redis", PeerConfigurations.LlmCachedSemantic.class,
			"llm-cache.store=redis", "llm-cache.tasks.text.semantic=true", "llm-cache.tasks.record.semantic=true");

	private final String label;

	private final Class<?> configuration;

	private final List<String> properties;

	Contender(String label, Class<?> configuration, String... properties) {
		this.label = label;
		this.configuration = configuration;
		this.properties = List.of(properties);
	}

	/**
	 * The name in the report.
	 * @return a few words of Markdown
	 */
	public String label() {
		return this.label;
	}

	/**
	 * Whether it keeps its entries on a Redis server.
	 * @return whether it does
	 */
	public boolean needsRedis() {
		return switch (this) {
			case CACHEABLE_REDIS, CACHEABLE_REDISSON, JETCACHE_REMOTE, LETTUCE_GET, ORIGINAL, LLM_CACHED_REDIS,
					LLM_CACHED_REDIS_SEMANTIC ->
				true;
			default -> false;
		};
	}

	/**
	 * Start an application with an {@link Assistant} bean and an empty cache. The system
	 * property {@code spring.data.redis.port} says where Redis is, whose database
	 * {@value PeerConfigurations#REDIS_DATABASE} is emptied.
	 * @param moreProperties further settings, as {@code name=value}
	 * @return the application, to be closed
	 */
	public ConfigurableApplicationContext start(String... moreProperties) {
		if (needsRedis()) {
			emptyRedis();
		}
		List<String> all = new ArrayList<>(this.properties);
		all.addAll(List.of(moreProperties));
		all.addAll(List.of("spring.main.banner-mode=off", "logging.level.root=warn",
				"spring.data.redis.database=" + PeerConfigurations.REDIS_DATABASE));
		return new SpringApplicationBuilder(this.configuration).web(WebApplicationType.NONE)
			.properties(all.toArray(String[]::new))
			.run();
	}

	private static void emptyRedis() {
		RedisURI uri = RedisURI.Builder.redis("127.0.0.1", Integer.getInteger("spring.data.redis.port"))
			.withDatabase(PeerConfigurations.REDIS_DATABASE)
			.build();
		try (RedisClient client = RedisClient.create(uri)) {
			client.connect().sync().flushdb();
		}
	}

}
