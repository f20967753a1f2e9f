package io.github.llmcache.autoconfigure;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;

import io.github.llmcache.answer.Outcome;
import io.github.llmcache.core.CacheRequest;
import io.github.llmcache.core.LlmCache;
import io.github.llmcache.store.CacheStore;
import io.github.llmcache.store.memory.MemoryCacheStore;
import io.github.llmcache.store.redis.connection.CacheConnection;
import io.github.llmcache.store.redis.RedisCacheStore;
import io.github.llmcache.store.redis.server.RedisKind;
import io.github.llmcache.store.redis.server.RedisSentinelServers;
import io.github.llmcache.store.redis.server.RedisServer;
import io.github.llmcache.store.redis.server.RedisServers;
import io.github.llmcache.store.redis.server.TlsMaterial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/**
 * When answers are stored on Redis, and on which.
 */
@Tag("thorough")
@ExtendWith(OutputCaptureExtension.class)
class RedisStoreConfigurationTests {

	private final ApplicationContextRunner withoutRedis = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(LlmCacheAutoConfiguration.class))
		.withPropertyValues("llm-cache.semantic.enabled=false", "llm-cache.redis.timeout=5s");

	private final ApplicationContextRunner contextRunner = this.withoutRedis
		.withConfiguration(AutoConfigurations.of(DataRedisAutoConfiguration.class, SslAutoConfiguration.class));

	@Test
	void connectionFactoryMakesItRedis() {
		on(RedisKind.REDIS_8).run((context) -> {
			assertThat(context).hasSingleBean(RedisCacheStore.class).doesNotHaveBean(MemoryCacheStore.class);
			assertThatAnswersAreStored(context);
			assertThat(context.getBean(CacheFacts.class).describe().store()).isEqualTo("Redis (vector sets)");
		});
	}

	@Test
	void cacheAddsNoConnectionFactoryOfItsOwn() {
		on(RedisKind.REDIS_7).run((context) -> assertThat(context).hasSingleBean(RedisConnectionFactory.class)
			.hasSingleBean(StringRedisTemplate.class));
	}

	@Test
	void propertyMakesItMemory() {
		this.contextRunner.withPropertyValues("llm-cache.store=memory")
			.run((context) -> assertThat(context).hasSingleBean(MemoryCacheStore.class)
				.doesNotHaveBean(RedisCacheStore.class)
				.doesNotHaveBean(CacheConnection.class));
	}

	@Test
	void withoutConnectionFactoryItIsMemory() {
		this.withoutRedis.run((context) -> assertThat(context).hasSingleBean(MemoryCacheStore.class));
	}

	@Test
	void keysSayThatNothingIsEncryptedInMemory(CapturedOutput output) {
		String key = Base64.getEncoder().encodeToString(new byte[32]);
		this.withoutRedis
			.withPropertyValues("llm-cache.encryption.primary=a", "llm-cache.encryption.keys.a=" + key,
					"llm-cache.encryption.digest-key=" + key)
			.run((context) -> assertThat(context).hasNotFailed());
		assertThat(output).contains("WARN").contains("answers in the memory of this JVM are not encrypted");
	}

	@ParameterizedTest
	@CsvSource({ "org.springframework.data.redis", "io.lettuce", "io.github.resilience4j",
			"org.springframework.boot.data.redis" })
	void withoutItsLibrariesItIsMemory(String library) {
		this.withoutRedis.withClassLoader(new FilteredClassLoader(library))
			.run((context) -> assertThat(context).hasSingleBean(MemoryCacheStore.class));
	}

	@Test
	void redisWithoutConnectionFactoryFailsWithAnExplanation() {
		this.withoutRedis.withPropertyValues("llm-cache.store=redis").run((context) -> {
			FailureAnalysis analysis = analysis(context);
			assertThat(analysis.getDescription()).contains("'llm-cache.store' is 'redis'", "LettuceConnectionFactory");
			assertThat(analysis.getAction()).contains("spring-boot-starter-data-redis", "llm-cache.store=memory");
		});
	}

	@Test
	void vectorSetsThatTheServerLacksFailWithAnExplanation() {
		on(RedisKind.REDIS_7).withPropertyValues("llm-cache.redis.search=vector-set").run((context) -> {
			FailureAnalysis analysis = analysis(context);
			assertThat(analysis.getDescription()).contains("'llm-cache.redis.search' is 'vector-set'", "nknown");
			assertThat(analysis.getAction()).contains("Redis 8", "llm-cache.redis.search=auto");
		});
	}

	@ParameterizedTest
	@CsvSource({ "~* +@all -evalsha, auto", "~other:* +@all, auto", "~other:* +@all, in-process" })
	void userWithoutTheRightsFailsWithAnExplanation(String rules, String search) {
		try (RedisServer server = RedisServer.start(RedisKind.REDIS_7)) {
			for (String rule : ("on >secret " + rules).split(" ")) {
				server.command("ACL", "SETUSER", "jane", rule);
			}
			this.contextRunner
				.withPropertyValues("spring.data.redis.port=" + server.port(), "spring.data.redis.username=jane",
						"spring.data.redis.password=secret", "llm-cache.redis.search=" + search)
				.run((context) -> {
					FailureAnalysis analysis = analysis(context);
					assertThat(analysis.getDescription()).contains("user of Redis", "NOPERM");
					assertThat(analysis.getAction()).contains("Permissions", "llm-cache.redis.key-prefix");
				});
		}
	}

	@Test
	void searchCanBeForcedIntoTheProcess() {
		on(RedisKind.REDIS_8).withPropertyValues("llm-cache.redis.search=in-process")
			.run((context) -> assertThat(context.getBean(RedisCacheStore.class).describe())
				.isEqualTo("Redis (in-process index)"));
	}

	@Test
	void serverThatIsDownDoesNotKeepTheApplicationFromStarting() {
		this.contextRunner.withPropertyValues("spring.data.redis.port=1").run((context) -> {
			assertThat(context).hasNotFailed();
			LlmCache cache = context.getBean(LlmCache.class);
			assertThat(cache.get(request("prompt"), () -> "answer").value()).isEqualTo("answer");
		});
	}

	@Test
	void severalConnectionFactoriesAreToldAndTheEmbeddedStoreIsUsed(CapturedOutput output) {
		this.contextRunner.withUserConfiguration(TwoFactories.class).run((context) -> {
			assertThat(context).hasSingleBean(MemoryCacheStore.class).doesNotHaveBean(RedisCacheStore.class);
			assertThat(output.getAll().lines().filter((line) -> line.contains("WARN") && line.contains("LlmCache")))
				.singleElement()
				.asString()
				.contains("memory of this JVM", "one, other", "llm-cache.redis.connection-factory");
		});
	}

	@Test
	void connectionFactoryCanBeNamed() {
		this.contextRunner.withUserConfiguration(TwoFactories.class)
			.withPropertyValues("llm-cache.redis.connection-factory=other")
			.run(RedisStoreConfigurationTests::assertThatAnswersAreOnRedis);
		on(RedisKind.REDIS_7).withPropertyValues("llm-cache.redis.connection-factory=redisConnectionFactory")
			.run(RedisStoreConfigurationTests::assertThatAnswersAreOnRedis);
	}

	@Test
	void connectionFactoryThatIsNoneFailsWithAnExplanation() {
		this.contextRunner.withUserConfiguration(TwoFactories.class)
			.withPropertyValues("llm-cache.redis.connection-factory=third")
			.run((context) -> {
				FailureAnalysis analysis = analysis(context);
				assertThat(analysis.getDescription()).contains("'llm-cache.redis.connection-factory' is 'third'");
				assertThat(analysis.getAction()).contains("one, other");
			});
	}

	@Test
	void storeOfTheApplicationComesFirst() {
		on(RedisKind.REDIS_7).withUserConfiguration(OwnStore.class)
			.run((context) -> assertThat(context).hasSingleBean(CacheStore.class)
				.doesNotHaveBean(RedisCacheStore.class)
				.doesNotHaveBean(MemoryCacheStore.class));
	}

	@ParameterizedTest
	@CsvSource({ "key-prefix, {x}", "timeout, 0ms", "retry-after, -1s", "max-index-size, 0B", "compress-above, 0B",
			"shards, 0", "shards, 17" })
	void valueOutOfRangeFailsWithAnExplanation(String property, String value) {
		this.contextRunner.withPropertyValues("llm-cache.redis." + property + "=" + value)
			.run((context) -> assertThat(analysis(context).getDescription())
				.contains("'llm-cache.redis." + property + "'"));
	}

	@Test
	void urlWithCredentialsAndTls(@TempDir Path directory) throws Exception {
		TlsMaterial tls = TlsMaterial.create(directory);
		int port = RedisServer.freePort();
		RedisServer server = RedisServer.start(RedisKind.REDIS_8, "--tls-port", Integer.toString(port),
				"--tls-cert-file", tls.certificate().toString(), "--tls-key-file", tls.key().toString(),
				"--tls-auth-clients", "no");
		try (server) {
			server.command("ACL", "SETUSER", "jane", "on", ">secret", "~*", "+@all");
			this.contextRunner
				.withPropertyValues("spring.data.redis.url=rediss://jane:secret@localhost:" + port + "/3",
						"spring.data.redis.ssl.bundle=redis",
						"spring.ssl.bundle.pem.redis.truststore.certificate=file:" + tls.certificate())
				.run((context) -> {
					assertThatAnswersAreStored(context);
					assertThat(String.valueOf(server.command("INFO", "keyspace"))).contains("db3:");
				});
		}
	}

	@Test
	void cluster() {
		this.contextRunner
			.withPropertyValues(
					"spring.data.redis.cluster.nodes=" + String.join(",", RedisServers.sharedCluster().nodes()))
			.run(RedisStoreConfigurationTests::assertThatAnswersAreStored);
	}

	@Test
	void sentinelThatFailsOver() {
		try (RedisSentinelServers servers = new RedisSentinelServers(RedisKind.REDIS_7)) {
			this.contextRunner
				.withPropertyValues("spring.data.redis.sentinel.master=" + RedisSentinelServers.MASTER,
						"spring.data.redis.sentinel.nodes=127.0.0.1:" + servers.sentinelPort(),
						"llm-cache.redis.retry-after=500ms")
				.run((context) -> {
					assertThatAnswersAreStored(context);
					servers.failOver();
					LlmCache cache = context.getBean(LlmCache.class);
					Awaitility.await()
						.atMost(Duration.ofSeconds(30))
						.until(() -> cache.get(request("after"), () -> "answer").outcome() == Outcome.EXACT);
				});
		}
	}

	@Test
	void staticMasterWithReplica() {
		RedisServer master = RedisServers.shared(RedisKind.REDIS_7);
		try (RedisServer replica = RedisServer.start(RedisKind.REDIS_7, "--replicaof", "127.0.0.1 " + master.port())) {
			this.contextRunner
				.withPropertyValues("spring.data.redis.masterreplica.nodes=127.0.0.1:" + master.port() + ",127.0.0.1:"
						+ replica.port())
				.run(RedisStoreConfigurationTests::assertThatAnswersAreStored);
		}
	}

	private ApplicationContextRunner on(RedisKind kind) {
		return this.contextRunner.withPropertyValues("spring.data.redis.port=" + RedisServers.shared(kind).port());
	}

	private static void assertThatAnswersAreOnRedis(AssertableApplicationContext context) {
		assertThat(context).hasSingleBean(RedisCacheStore.class);
		assertThatAnswersAreStored(context);
	}

	private static void assertThatAnswersAreStored(ApplicationContext context) {
		LlmCache cache = context.getBean(LlmCache.class);
		String prompt = "prompt " + System.nanoTime();
		assertThat(cache.get(request(prompt), () -> "answer").outcome()).isEqualTo(Outcome.MISS);
		assertThat(cache.get(request(prompt), () -> "other answer").value()).isEqualTo("answer");
	}

	private static CacheRequest<String> request(String prompt) {
		return CacheRequest.forTask("configuration", String.class).prompt(prompt).build();
	}

	private static FailureAnalysis analysis(AssertableApplicationContext context) {
		assertThat(context).hasFailed();
		FailureAnalysis analysis = new LlmCacheFailureAnalyzer().analyze(context.getStartupFailure());
		assertThat(analysis).isNotNull();
		return analysis;
	}

	@Configuration(proxyBeanMethods = false)
	static class OwnStore {

		@Bean
		CacheStore ownStore() {
			return mock(CacheStore.class);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class TwoFactories {

		@Bean
		LettuceConnectionFactory one() {
			return new LettuceConnectionFactory(new RedisStandaloneConfiguration("127.0.0.1", 1));
		}

		@Bean
		LettuceConnectionFactory other() {
			int port = RedisServers.shared(RedisKind.REDIS_7).port();
			return new LettuceConnectionFactory(new RedisStandaloneConfiguration("127.0.0.1", port));
		}

	}

}
