package io.github.llmcache.autoconfigure;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.github.llmcache.eviction.Transactions;
import io.github.llmcache.transaction.SpringTransactions;

/**
 * Evictions that wait for the commit of a transaction.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(name = "org.springframework.transaction.support.TransactionSynchronizationManager")
@ConditionalOnBooleanProperty(name = "llm-cache.evict-after-commit", matchIfMissing = true)
class TransactionConfiguration {

	@Bean
	@ConditionalOnMissingBean(Transactions.class)
	SpringTransactions llmCacheTransactions() {
		return new SpringTransactions();
	}

}
