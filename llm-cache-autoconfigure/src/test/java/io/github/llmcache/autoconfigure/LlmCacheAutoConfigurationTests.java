package io.github.llmcache.autoconfigure;

import java.lang.reflect.Type;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import com.github.benmanes.caffeine.cache.Caffeine;
import org.junit.jupiter.api.Test;
import org.springframework.aop.support.AopUtils;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.github.llmcache.annotation.LlmCached;
import io.github.llmcache.autoconfigure.properties.LlmCacheProperties;
import io.github.llmcache.autoconfigure.properties.PropertyCachePolicies;
import io.github.llmcache.codec.PayloadCodec;
import io.github.llmcache.core.LlmCache;
import io.github.llmcache.embedding.TextEmbedder;
import io.github.llmcache.eviction.Transactions;
import io.github.llmcache.index.VectorIndexFactory;
import io.github.llmcache.key.PromptKeyGenerator;
import io.github.llmcache.metrics.StatisticsSource;
import io.github.llmcache.policy.CachePolicies;
import io.github.llmcache.policy.CachePolicy;
import io.github.llmcache.policy.RequestedPolicy;
import io.github.llmcache.store.CacheStore;
import io.github.llmcache.store.memory.MemoryCacheStore;
import io.github.llmcache.transaction.SpringTransactions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/**
 * Which parts are there under which conditions.
 */
class LlmCacheAutoConfigurationTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(LlmCacheAutoConfiguration.class));

	private final ApplicationContextRunner exactOnly = this.contextRunner
		.withPropertyValues("llm-cache.semantic.enabled=false");

	@Test
	void annotationWorksWithoutAnyOtherAutoConfiguration() {
		this.exactOnly.withUserConfiguration(ExactApplication.class).run((context) -> {
			assertThat(context).hasSingleBean(LlmCache.class).hasSingleBean(MemoryCacheStore.class);
			ExactAssistant assistant = context.getBean(ExactAssistant.class);
			assertThat(assistant.ask("Hello?")).isEqualTo(1);
			assertThat(assistant.ask("Hello?")).isEqualTo(1);
		});
	}

	@Test
	void annotationWorksWhenSpringsOwnProxyingIsOff() {
		this.exactOnly.withConfiguration(AutoConfigurations.of(AopAutoConfiguration.class))
			.withPropertyValues("spring.aop.auto=false")
			.withUserConfiguration(ExactApplication.class)
			.run((context) -> {
				ExactAssistant assistant = context.getBean(ExactAssistant.class);
				assertThat(assistant.ask("Hello?")).isEqualTo(assistant.ask("Hello?"));
			});
	}

	@Test
	void disabledCacheLeavesTheMethodsAlone() {
		this.contextRunner.withPropertyValues("llm-cache.enabled=false")
			.withUserConfiguration(SemanticApplication.class)
			.run((context) -> {
				assertThat(context).hasNotFailed()
					.doesNotHaveBean(LlmCache.class)
					.doesNotHaveBean(CacheStore.class)
					.doesNotHaveBean(TextEmbedder.class);
				assertThat(AopUtils.isAopProxy(context.getBean(SemanticAssistant.class))).isFalse();
			});
	}

	@Test
	void semanticTaskWithoutAnEmbedderFailsWithAnExplanation() {
		this.contextRunner.withClassLoader(new FilteredClassLoader("ai.djl"))
			.withUserConfiguration(SemanticApplication.class)
			.run((context) -> {
				assertThat(context).hasFailed();
				FailureAnalysis analysis = new LlmCacheFailureAnalyzer().analyze(context.getStartupFailure());
				assertThat(analysis).isNotNull();
				assertThat(analysis.getDescription()).contains("SemanticAssistant.ask", "no TextEmbedder");
				assertThat(analysis.getAction()).contains("llm-cache-spring-boot-starter",
						"llm-cache.semantic.enabled=false");
			});
	}

	@Test
	void taskMadeSemanticByPropertyWithoutAnEmbedderFailsToo() {
		this.contextRunner.withClassLoader(new FilteredClassLoader("ai.djl"))
			.withPropertyValues("llm-cache.tasks.exact.semantic=true")
			.withUserConfiguration(ExactApplication.class)
			.run((context) -> assertThat(context).hasFailed());
	}

	@Test
	void policiesOfTheUserDecideWhetherAnEmbedderIsNeeded() {
		ApplicationContextRunner withoutEmbedder = this.contextRunner
			.withClassLoader(new FilteredClassLoader("ai.djl"));
		withoutEmbedder.withBean(CachePolicies.class, () -> (task, requested) -> CachePolicy.DEFAULT)
			.withUserConfiguration(SemanticApplication.class)
			.run((context) -> assertThat(context).hasNotFailed());
		withoutEmbedder
			.withBean(CachePolicies.class,
					() -> (task, requested) -> CachePolicy.DEFAULT.mutate().semantic(true).build())
			.withUserConfiguration(ExactApplication.class)
			.run((context) -> assertThat(context).hasFailed());
	}

	@Test
	void policiesOfTheUserThatRefreshTooLateAreRefused() {
		CachePolicy late = CachePolicy.DEFAULT.mutate()
			.ttl(Duration.ofHours(1))
			.refreshAfter(Duration.ofHours(2))
			.build();
		this.exactOnly.withBean(CachePolicies.class, () -> (task, requested) -> late)
			.withUserConfiguration(ExactApplication.class)
			.run((context) -> assertThat(context).getFailure().hasMessageContaining("not below their TTL"));
	}

	@Test
	void exactTaskStartsWithoutDjl() {
		this.contextRunner.withClassLoader(new FilteredClassLoader("ai.djl"))
			.withUserConfiguration(ExactApplication.class)
			.run((context) -> {
				assertThat(context).hasNotFailed().doesNotHaveBean(TextEmbedder.class);
				ExactAssistant assistant = context.getBean(ExactAssistant.class);
				assertThat(assistant.ask("Hello?")).isEqualTo(assistant.ask("Hello?"));
			});
	}

	@Test
	void transactionsAreWaitedForWhereThereAreAny() {
		this.exactOnly.run((context) -> assertThat(context).hasSingleBean(SpringTransactions.class));
		this.exactOnly.withPropertyValues("llm-cache.evict-after-commit=false")
			.run((context) -> assertThat(context).doesNotHaveBean(Transactions.class));
		this.exactOnly.withClassLoader(new FilteredClassLoader("org.springframework.transaction"))
			.run((context) -> assertThat(context).hasSingleBean(LlmCache.class).doesNotHaveBean(Transactions.class));
		this.exactOnly.withBean(Transactions.class, () -> mock(Transactions.class))
			.run((context) -> assertThat(context).doesNotHaveBean(SpringTransactions.class));
	}

	@Test
	void storeOfTheUserIsTaken() {
		CacheStore store = mock(CacheStore.class);
		this.exactOnly.withBean(CacheStore.class, () -> store)
			.run((context) -> assertThat(context).hasSingleBean(CacheStore.class)
				.doesNotHaveBean(MemoryCacheStore.class));
	}

	@Test
	void missingStoreIsExplained() {
		this.exactOnly.withClassLoader(new FilteredClassLoader(Caffeine.class)).run((context) -> {
			assertThat(context).hasFailed();
			FailureAnalysis analysis = new LlmCacheFailureAnalyzer().analyze(context.getStartupFailure());
			assertThat(analysis).isNotNull();
			assertThat(analysis.getAction()).contains("llm-cache-spring-boot-starter");
		});
	}

	@Test
	void codecKeysAndEmbedderOfTheUserAreTaken() {
		PayloadCodec codec = mock(PayloadCodec.class);
		PromptKeyGenerator keys = mock(PromptKeyGenerator.class);
		TextEmbedder embedder = mock(TextEmbedder.class);
		StatisticsSource statistics = mock(StatisticsSource.class);
		this.contextRunner.withBean(PayloadCodec.class, () -> codec)
			.withBean(PromptKeyGenerator.class, () -> keys)
			.withBean(TextEmbedder.class, () -> embedder)
			.withBean(StatisticsSource.class, () -> statistics)
			.run((context) -> {
				assertThat(context).hasSingleBean(LlmCache.class);
				assertThat(context.getBean(PayloadCodec.class)).isSameAs(codec);
				assertThat(context.getBean(PromptKeyGenerator.class)).isSameAs(keys);
				assertThat(context.getBean(TextEmbedder.class)).isSameAs(embedder);
				assertThat(context.getBean(StatisticsSource.class)).isSameAs(statistics);
			});
	}

	@Test
	void mapperOfTheApplicationIsUsed() {
		this.exactOnly.withConfiguration(AutoConfigurations.of(JacksonAutoConfiguration.class))
			.withPropertyValues("spring.jackson.property-naming-strategy=SNAKE_CASE")
			.run((context) -> {
				PayloadCodec codec = context.getBean(PayloadCodec.class);
				Type type = Naming.class;
				assertThat(new String(codec.encode(new Naming("x"), type))).isEqualTo("{\"some_name\":\"x\"}");
			});
	}

	@Test
	void propertyOfATaskOverridesTheAnnotation() {
		this.exactOnly
			.withPropertyValues("llm-cache.ttl=1h", "llm-cache.tasks.short.ttl=5m", "llm-cache.semantic.enabled=true",
					"llm-cache.tasks.short.semantic=false")
			.withBean(TextEmbedder.class, () -> mock(TextEmbedder.class))
			.run((context) -> {
				PropertyCachePolicies policies = new PropertyCachePolicies(context.getBean(LlmCacheProperties.class));
				RequestedPolicy requested = (
						policy) -> policy.ttl(Duration.ofHours(2)).semantic(true).minSimilarity(0.9);
				assertThat(policies.resolve("short", requested).ttl()).isEqualTo(Duration.ofMinutes(5));
				assertThat(policies.resolve("short", requested).semantic()).isFalse();
				assertThat(policies.resolve("other", requested).ttl()).isEqualTo(Duration.ofHours(2));
				assertThat(policies.resolve("other", requested).semantic()).isTrue();
				assertThat(policies.resolve("other", requested).minSimilarity()).isEqualTo(0.9);
				assertThat(policies.resolve("other", RequestedPolicy.DEFAULT).ttl()).isEqualTo(Duration.ofHours(1));
				assertThat(policies.resolve("other", RequestedPolicy.DEFAULT).semantic()).isFalse();
			});
	}

	@Test
	void defaultsOfPropertiesAreThoseOfTheCode() {
		this.exactOnly.run((context) -> {
			LlmCacheProperties properties = context.getBean(LlmCacheProperties.class);
			assertThat(new PropertyCachePolicies(properties).resolve("any", RequestedPolicy.DEFAULT))
				.isEqualTo(CachePolicy.DEFAULT);
			assertThat(properties.memory().graphThreshold()).isEqualTo(VectorIndexFactory.DEFAULT_GRAPH_THRESHOLD);
			assertThat(properties.embedding().recent()).isEqualTo(10_000);
		});
	}

	@Test
	void operatorDecidesAfterHowManyScopesAnAnswerIsShared() {
		this.exactOnly
			.withPropertyValues("llm-cache.share-after-scopes=3", "llm-cache.tasks.open.share-after-scopes=2",
					"llm-cache.tasks.closed.share-after-scopes=0")
			.run((context) -> {
				PropertyCachePolicies policies = new PropertyCachePolicies(context.getBean(LlmCacheProperties.class));
				RequestedPolicy requested = (policy) -> policy.shareAfterScopes(5);
				assertThat(policies.resolve("open", requested).shareAfterScopes()).isEqualTo(2);
				assertThat(policies.resolve("closed", requested).shareAfterScopes()).isZero();
				assertThat(policies.resolve("other", requested).shareAfterScopes()).isEqualTo(5);
				assertThat(policies.resolve("other", RequestedPolicy.DEFAULT).shareAfterScopes()).isEqualTo(3);
			});
	}

	@Test
	void propertyOutOfRangeIsExplained() {
		assertRefused("llm-cache.semantic.min-similarity=92", "llm-cache.semantic.min-similarity", "'92.0'",
				"between 0 and 1");
		assertRefused("llm-cache.ttl=-1h", "llm-cache.ttl", "PT-1H", "30m");
		assertRefused("llm-cache.tasks.a.min-similarity=-1", "llm-cache.tasks.a.min-similarity", "'-1.0'",
				"between 0 and 1");
		assertRefused("llm-cache.memory.max-entries=0", "llm-cache.memory.max-entries", "'0'", "from 1 to");
		assertRefused("llm-cache.memory.max-size=10B", "llm-cache.memory.max-size", "'10B'", "max-entries");
		assertRefused("llm-cache.max-prompt=0", "llm-cache.max-prompt", "'0'", "from 1 to");
		assertRefused("llm-cache.share-after-scopes=1", "llm-cache.share-after-scopes", "'1'", "from 2 to 32");
		assertRefused("llm-cache.tasks.a.share-after-scopes=33", "llm-cache.tasks.a.share-after-scopes", "'33'",
				"from 2 to 32");
		assertRefused("llm-cache.tasks.a.max-payload=0", "llm-cache.tasks.a.max-payload", "'0B'", "positive size");
	}

	@Test
	void misspeltPropertyFails() {
		this.exactOnly.withPropertyValues("llm-cache.semantics.enabled=true")
			.run((context) -> assertThat(context).getFailure().hasMessageContaining("llm-cache"));
	}

	private void assertRefused(String property, String name, String value, String remedy) {
		this.exactOnly.withPropertyValues(property).run((context) -> {
			assertThat(context).hasFailed();
			FailureAnalysis analysis = new LlmCacheFailureAnalyzer().analyze(context.getStartupFailure());
			assertThat(analysis).isNotNull();
			assertThat(analysis.getDescription()).contains(name, value);
			assertThat(analysis.getAction()).contains(remedy);
		});
	}

	record Naming(String someName) {

	}

	// public, because the filtering class loader defines its proxy
	public static class ExactAssistant {

		private final AtomicInteger calls = new AtomicInteger();

		@LlmCached("exact")
		public int ask(String prompt) {
			return this.calls.incrementAndGet();
		}

	}

	public static class SemanticAssistant {

		@LlmCached(task = "semantic", semantic = true)
		public String ask(String prompt) {
			return "answer";
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ExactApplication {

		@Bean
		ExactAssistant assistant() {
			return new ExactAssistant();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class SemanticApplication {

		@Bean
		SemanticAssistant assistant() {
			return new SemanticAssistant();
		}

	}

}
