package io.github.llmcache.transaction;

import java.util.UUID;

import org.h2.jdbcx.JdbcDataSource;

import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import io.github.llmcache.eviction.Transactions;
import io.github.llmcache.test.contract.TransactionsContract;

/**
 * {@link SpringTransactions} keep the contract, with a database.
 */
class SpringTransactionsContractTests extends TransactionsContract {

	private static final SpringTransactions transactions = new SpringTransactions();

	private final TransactionTemplate template = new TransactionTemplate(manager());

	@Override
	protected Transactions transactions() {
		return transactions;
	}

	@Override
	protected void commit(Runnable work) {
		this.template.executeWithoutResult((status) -> work.run());
	}

	@Override
	protected void rollBack(Runnable work) {
		this.template.executeWithoutResult((status) -> {
			work.run();
			status.setRollbackOnly();
		});
	}

	private static JdbcTransactionManager manager() {
		JdbcDataSource database = new JdbcDataSource();
		database.setURL("jdbc:h2:mem:" + UUID.randomUUID());
		return new JdbcTransactionManager(database);
	}

}
