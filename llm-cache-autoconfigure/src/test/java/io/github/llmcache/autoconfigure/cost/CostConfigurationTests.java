package io.github.llmcache.autoconfigure.cost;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.github.llmcache.answer.TokenUsage;
import io.github.llmcache.autoconfigure.LlmCacheAutoConfiguration;
import io.github.llmcache.core.CacheRequest;
import io.github.llmcache.core.LlmCache;
import io.github.llmcache.cost.Price;
import io.github.llmcache.cost.Prices;
import io.github.llmcache.cost.TokenCounter;
import io.github.llmcache.cost.UsageReader;
import io.github.llmcache.cost.UsageSource;
import io.github.llmcache.djl.DjlTokenCounter;
import io.github.llmcache.metrics.CostStatistics;
import io.github.llmcache.metrics.StatisticsSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * Tests for {@link CostConfiguration}.
 */
class CostConfigurationTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(LlmCacheAutoConfiguration.class));

	private final ApplicationContextRunner exactOnly = this.contextRunner
		.withPropertyValues("llm-cache.semantic.enabled=false");

	@Test
	void pricesArePropertiesByModel() {
		this.exactOnly
			.withPropertyValues("llm-cache.cost.currency=EUR", "llm-cache.cost.prices.small-model.input=0.5",
					"llm-cache.cost.prices.small-model.output=2", "llm-cache.cost.prices[gpt-4.1].input=2",
					"llm-cache.cost.prices[gpt-4.1].output=8", "llm-cache.cost.cpu-hour=0.04",
					"llm-cache.cost.semantic-lookup=0.00001", "llm-cache.cost.judge-call=0.001")
			.run((context) -> assertThat(context.getBean(Prices.class)).isEqualTo(new Prices("EUR",
					Map.of("small-model", new Price(0.5, 2), "gpt-4.1", new Price(2, 8)), 0.04, 0.00001, 0.001)));
	}

	@Test
	void nothingHasAPriceByDefault() {
		this.exactOnly.run((context) -> assertThat(context.getBean(Prices.class).isKnown()).isFalse());
	}

	@Test
	void negativePriceIsRefusedWithItsProperty() {
		this.exactOnly.withPropertyValues("llm-cache.cost.prices.small.output=-1")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("llm-cache.cost.prices.small.output"));
		this.exactOnly.withPropertyValues("llm-cache.cost.cpu-hour=-1")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("llm-cache.cost.cpu-hour"));
	}

	@Test
	void statisticsTellWhatHitsSaved() {
		this.exactOnly.withUserConfiguration(Sources.class)
			.withPropertyValues("llm-cache.cost.prices.small.input=2", "llm-cache.cost.prices.small.output=8")
			.run((context) -> {
				LlmCache cache = context.getBean(LlmCache.class);
				CacheRequest<Integer> request = CacheRequest.forTask("count", Integer.class)
					.prompt("How many?")
					.model("small")
					.build();
				for (int i = 0; i < 3; i++) {
					cache.get(request, () -> 1_000_000);
				}
				CostStatistics cost = context.getBean(StatisticsSource.class).statistics().task("count").cost();
				assertThat(cost.inputTokens()).isEqualTo(2_000_000);
				assertThat(cost.outputTokens()).isEqualTo(200);
				assertThat(cost.estimatedTokens()).isZero();
				assertThat(cost.moneySavedNet()).isEqualTo(4.0016, within(1e-9));
			});
	}

	@Test
	void failingSourceIsNoFailureOfTheCall() {
		this.exactOnly.withBean("broken", UsageSource.class, () -> (task, answer) -> {
			throw new IllegalStateException("no usage");
		}).run((context) -> {
			LlmCache cache = context.getBean(LlmCache.class);
			CacheRequest<String> request = CacheRequest.forTask("text", String.class).prompt("12345678").build();
			cache.get(request, () -> "1234");
			cache.get(request, () -> "1234");
			CostStatistics cost = context.getBean(StatisticsSource.class).statistics().task("text").cost();
			assertThat(cost.inputTokens()).isEqualTo(2);
			assertThat(cost.outputTokens()).isOne();
			assertThat(cost.estimatedTokens()).isEqualTo(3);
		});
	}

	@Test
	void tokenizerOfTheEmbeddingModelCountsIfThereIsOne() {
		this.contextRunner.run((context) -> assertThat(context).hasSingleBean(DjlTokenCounter.class));
		this.exactOnly.run((context) -> assertThat(context).doesNotHaveBean(TokenCounter.class));
		this.contextRunner.withClassLoader(new FilteredClassLoader("ai.djl"))
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(TokenCounter.class)
				.hasSingleBean(UsageReader.class));
	}

	@Test
	void partsBackOff() {
		TokenCounter counter = (text) -> 1;
		UsageReader reader = new UsageReader(List.of(), counter);
		this.contextRunner.withBean(TokenCounter.class, () -> counter)
			.withBean(UsageReader.class, () -> reader)
			.withBean(Prices.class, () -> Prices.NONE)
			.run((context) -> {
				assertThat(context).getBean(TokenCounter.class).isSameAs(counter);
				assertThat(context).getBean(UsageReader.class).isSameAs(reader);
				assertThat(context).getBean(Prices.class).isSameAs(Prices.NONE);
			});
	}

	@Configuration(proxyBeanMethods = false)
	static class Sources {

		@Bean
		UsageSource counts() {
			return (task, answer) -> (answer instanceof Integer count) ? TokenUsage.reported(count, 100) : null;
		}

	}

}
