package io.github.llmcache.transaction;

import java.util.concurrent.CompletableFuture;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

import io.github.llmcache.annotation.LlmCacheEvict;
import io.github.llmcache.annotation.LlmCached;

/**
 * Answers out of a database: an answer is the version that its thread sees there.
 */
class PriceList {

	private final JdbcTemplate database;

	private volatile Runnable beforeTheAnswer = () -> {
	};

	PriceList(JdbcTemplate database) {
		this.database = database;
	}

	/**
	 * What happens between reading and answering.
	 */
	public void beforeTheAnswer(Runnable action) {
		this.beforeTheAnswer = action;
	}

	@LlmCached("prices")
	public int ask(String prompt) {
		int version = version();
		this.beforeTheAnswer.run();
		return version;
	}

	@LlmCached("prices")
	public CompletableFuture<Integer> askLater(String prompt) {
		return CompletableFuture.completedFuture(version());
	}

	@LlmCached("other")
	public int askOther(String prompt) {
		return version();
	}

	@LlmCacheEvict("prices")
	public void raise() {
		raiseOnly();
	}

	@LlmCacheEvict("prices")
	@Transactional
	public void raiseInTransaction() {
		raiseOnly();
	}

	@LlmCacheEvict("prices")
	@Transactional(propagation = Propagation.REQUIRES_NEW)
	public void raiseIndependently() {
		raiseOnly();
	}

	@LlmCacheEvict(task = "prices", atOnce = true)
	public void raiseAtOnce() {
		raiseOnly();
	}

	@LlmCacheEvict(task = "prices", beforeInvocation = true)
	public void raiseAndFail() {
		raiseOnly();
		throw new IllegalStateException("raised, and failed");
	}

	@LlmCacheEvict("prices")
	public CompletableFuture<String> raiseLater(CompletableFuture<String> done) {
		raiseOnly();
		return done;
	}

	public void raiseOnly() {
		this.database.update("update price set version = version + 1");
	}

	public int version() {
		return this.database.queryForObject("select version from price", Integer.class);
	}

}
