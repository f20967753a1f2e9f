package io.github.llmcache.store.redis;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import io.github.llmcache.store.EvictionSelector;
import io.github.llmcache.store.StoreRefusedException;
import io.github.llmcache.store.StoreUnavailableException;

/**
 * Evictions that did not reach the server, or that it refused. They are made up for
 * before this instance uses it again, so that it serves no answer that somebody has
 * evicted here.
 */
final class MissedEvictions {

	/** Beyond this number, they are replaced by an eviction of everything. */
	private static final int MAX_MISSED = 100;

	private static final Log logger = LogFactory.getLog(RedisCacheStore.class);

	private final Queue<EvictionSelector> missed = new ConcurrentLinkedQueue<>();

	private final ReentrantLock lock = new ReentrantLock();

	void add(EvictionSelector selector, RuntimeException failure) {
		if (this.missed.isEmpty()) {
			logger.warn("LlmCache: an eviction " + describe(failure)
					+ "; it is made up for before this instance serves answers again");
		}
		if (this.missed.size() >= MAX_MISSED) {
			this.missed.clear();
			this.missed.add(EvictionSelector.all());
		}
		else if (!this.missed.contains(selector)) {
			this.missed.add(selector);
		}
	}

	/**
	 * Make up for all of them, if there are any.
	 * @throws StoreUnavailableException if another thread is doing so
	 */
	void run(Consumer<EvictionSelector> eviction) {
		if (this.missed.isEmpty()) {
			return;
		}
		if (!this.lock.tryLock()) {
			throw new StoreUnavailableException("Evictions are being made up for", null);
		}
		try {
			for (EvictionSelector selector = this.missed.peek(); selector != null; selector = this.missed.peek()) {
				eviction.accept(selector);
				this.missed.remove(selector);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	private static String describe(RuntimeException failure) {
		if (failure instanceof StoreUnavailableException) {
			return "did not reach Redis";
		}
		return "failed on Redis: "
				+ ((failure instanceof StoreRefusedException) ? failure.getMessage() : failure.getClass().getName());
	}

}
