package io.github.llmcache.transaction;

import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;

import javax.sql.DataSource;

import org.h2.jdbcx.JdbcDataSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

import io.github.llmcache.answer.Outcome;
import io.github.llmcache.autoconfigure.LlmCacheAutoConfiguration;
import io.github.llmcache.core.LlmCache;
import io.github.llmcache.store.CacheStore;
import io.github.llmcache.test.RecordingListener;

/**
 * An application with a database, of which the first version is 1, and a transaction
 * manager.
 */
record TransactionalApplication(PriceList prices, LlmCache cache, RecordingListener events,
		PlatformTransactionManager transactions) {

	static final String PROMPT = "What does it cost?";

	TransactionalApplication(ApplicationContext context) {
		this(context.getBean(PriceList.class), context.getBean(LlmCache.class),
				context.getBean(RecordingListener.class), context.getBean(PlatformTransactionManager.class));
	}

	static ApplicationContextRunner runner(Supplier<CacheStore> store) {
		return new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(LlmCacheAutoConfiguration.class))
			.withUserConfiguration(Beans.class)
			.withBean(CacheStore.class, store)
			.withPropertyValues("llm-cache.semantic.enabled=false");
	}

	int ask() {
		return this.prices.ask(PROMPT);
	}

	/**
	 * Ask, and report where the answer came from.
	 */
	Outcome lookUp() {
		ask();
		return this.events.lookups().get(this.events.lookups().size() - 1).outcome();
	}

	void inTransaction(Runnable action) {
		inTransaction(() -> {
			action.run();
			return null;
		});
	}

	<T> T inTransaction(Supplier<T> action) {
		return new TransactionTemplate(this.transactions).execute((status) -> action.get());
	}

	void rolledBack(Runnable action) {
		new TransactionTemplate(this.transactions).executeWithoutResult((status) -> {
			action.run();
			status.setRollbackOnly();
		});
	}

	void independently(Runnable action) {
		template(TransactionDefinition.PROPAGATION_REQUIRES_NEW).executeWithoutResult((status) -> action.run());
	}

	void nested(Consumer<TransactionStatus> action) {
		template(TransactionDefinition.PROPAGATION_NESTED).executeWithoutResult(action);
	}

	void afterCommit(Runnable action) {
		TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {

			@Override
			public void afterCommit() {
				action.run();
			}

		});
	}

	private TransactionTemplate template(int propagation) {
		TransactionTemplate template = new TransactionTemplate(this.transactions);
		template.setPropagationBehavior(propagation);
		return template;
	}

	@Configuration(proxyBeanMethods = false)
	@EnableTransactionManagement
	static class Beans {

		@Bean
		DataSource dataSource() {
			JdbcDataSource dataSource = new JdbcDataSource();
			dataSource.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
			return dataSource;
		}

		@Bean
		JdbcTransactionManager transactionManager(DataSource dataSource) {
			return new JdbcTransactionManager(dataSource);
		}

		@Bean
		PriceList priceList(DataSource dataSource) {
			JdbcTemplate database = new JdbcTemplate(dataSource);
			database.execute("create table price (version int)");
			database.update("insert into price values (1)");
			return new PriceList(database);
		}

		@Bean
		RecordingListener events() {
			return new RecordingListener();
		}

	}

}
