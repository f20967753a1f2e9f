package io.github.llmcache.autoconfigure;

import java.time.Clock;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

import io.github.llmcache.actuate.LlmCacheEndpoint;
import io.github.llmcache.actuate.LlmCacheEndpointAdvisor;
import io.github.llmcache.actuate.LlmCacheEntriesEndpoint;
import io.github.llmcache.actuate.LlmCacheErasureEndpoint;
import io.github.llmcache.actuate.LlmCacheExplainEndpoint;
import io.github.llmcache.actuate.LlmCacheTransferEndpoint;
import io.github.llmcache.autoconfigure.properties.LlmCacheProperties;
import io.github.llmcache.core.LlmCache;
import io.github.llmcache.embedding.TextEmbedder;
import io.github.llmcache.entries.EntryBrowser;
import io.github.llmcache.key.PromptKeyGenerator;
import io.github.llmcache.metrics.StatisticsSource;
import io.github.llmcache.store.CacheStore;
import io.github.llmcache.transfer.EntryExport;
import io.github.llmcache.transfer.EntryImport;

/**
 * Auto-configuration for the Actuator endpoints {@code llmcache},
 * {@code llmcacheexplain}, {@code llmcacheentries}, {@code llmcachetransfer} and
 * {@code llmcacheerasure}.
 */
@AutoConfiguration(after = LlmCacheAutoConfiguration.class)
@ConditionalOnClass({ Endpoint.class, ConditionalOnAvailableEndpoint.class })
@ConditionalOnBean(LlmCache.class)
public final class LlmCacheEndpointAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnAvailableEndpoint(LlmCacheEndpoint.class)
	LlmCacheEndpoint llmCacheEndpoint(LlmCache cache, StatisticsSource statistics, CacheFacts facts) {
		return new LlmCacheEndpoint(cache, statistics, facts::describe);
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnAvailableEndpoint(LlmCacheExplainEndpoint.class)
	LlmCacheExplainEndpoint llmCacheExplainEndpoint(LlmCache cache, CacheFacts facts) {
		return new LlmCacheExplainEndpoint(cache, facts::describe);
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnAvailableEndpoint(LlmCacheEntriesEndpoint.class)
	LlmCacheEntriesEndpoint llmCacheEntriesEndpoint(CacheStore store, LlmCacheProperties properties) {
		return new LlmCacheEntriesEndpoint(new EntryBrowser(store), properties.endpoint().contents());
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnAvailableEndpoint(LlmCacheTransferEndpoint.class)
	LlmCacheTransferEndpoint llmCacheTransferEndpoint(LlmCache cache, CacheStore store, PromptKeyGenerator keys,
			ObjectProvider<TextEmbedder> embedder, ObjectProvider<Clock> clock) {
		return new LlmCacheTransferEndpoint(
				new EntryExport(new EntryBrowser(store), keys, (partition) -> cache.known(partition).partition()),
				new EntryImport(store, keys, embedder.getIfAvailable(), clock.getIfUnique(Clock::systemUTC)));
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnAvailableEndpoint(LlmCacheErasureEndpoint.class)
	LlmCacheErasureEndpoint llmCacheErasureEndpoint(LlmCache cache) {
		return new LlmCacheErasureEndpoint(cache);
	}

	@Bean
	@ConditionalOnMissingBean
	LlmCacheEndpointAdvisor llmCacheEndpointAdvisor() {
		return new LlmCacheEndpointAdvisor();
	}

}
