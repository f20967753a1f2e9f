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
 * Invalidations that did not reach the server, or that it refused. They are made up for
 * before this instance uses it again, so that it serves no answer that somebody here
 * knows to be old.
 */
final class PendingInvalidations {

	/** More than these are one of everything. */
	private static final int MAX_PENDING = 100;

	private static final Log logger = LogFactory.getLog(RedisCacheStore.class);

	private final Queue<EvictionSelector> pending = new ConcurrentLinkedQueue<>();

	private final ReentrantLock lock = new ReentrantLock();

	void add(EvictionSelector selector, RuntimeException failure) {
		if (this.pending.isEmpty()) {
			logger.warn("LlmCache: an invalidation " + describe(failure)
					+ "; it is made up for before this instance serves answers again");
		}
		if (this.pending.size() >= MAX_PENDING) {
			this.pending.clear();
			this.pending.add(EvictionSelector.all());
		}
		else if (!this.pending.contains(selector)) {
			this.pending.add(selector);
		}
	}

	/**
	 * Make up for all of them, if there are any.
	 * @throws StoreUnavailableException if another thread is about it
	 */
	void run(Consumer<EvictionSelector> invalidation) {
		if (this.pending.isEmpty()) {
			return;
		}
		if (!this.lock.tryLock()) {
			throw new StoreUnavailableException("Invalidations are being made up for", null);
		}
		try {
			for (EvictionSelector selector = this.pending.peek(); selector != null; selector = this.pending.peek()) {
				invalidation.accept(selector);
				this.pending.remove(selector);
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
