package io.github.llmcache.core;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.github.llmcache.event.FailureEvent.Part;
import io.github.llmcache.failure.FailureReporter;
import io.github.llmcache.store.CacheKey;
import io.github.llmcache.store.LeaseStore.Lease;
import io.github.llmcache.store.LeaseStore;
import io.github.llmcache.thread.DaemonThreads;

/**
 * Lets one of the instances that share a store load an answer, while the others ask now
 * and then whether it is there. A lease is extended as long as its owner lives.
 */
final class InstanceLease {

	/** A lease is extended so many times before it would end. */
	private static final int EXTENSIONS = 3;

	private final LeaseStore store;

	private final Duration duration;

	private final FailureReporter failures;

	private final String instance = UUID.randomUUID().toString();

	private final AtomicLong loads = new AtomicLong();

	private final ScheduledThreadPoolExecutor extender;

	InstanceLease(LeaseStore store, Duration duration, FailureReporter failures) {
		this.store = store;
		this.duration = duration;
		this.failures = failures;
		this.extender = new ScheduledThreadPoolExecutor(1, new DaemonThreads("llm-cache-lease"));
		this.extender.setKeepAliveTime(10, TimeUnit.SECONDS);
		this.extender.allowCoreThreadTimeOut(true);
		this.extender.setRemoveOnCancelPolicy(true);
	}

	/**
	 * A name for one load.
	 */
	String newOwner() {
		return this.instance + '-' + this.loads.incrementAndGet();
	}

	/**
	 * Ask for the right to load an answer. A store that fails does not keep anybody from
	 * it.
	 */
	Lease ask(String task, CacheKey key, long generation, String owner) {
		return this.failures.attempt(Part.STORE, "lease", task,
				() -> this.store.lease(key, generation, owner, this.duration), Lease.GRANTED);
	}

	/**
	 * Keep the right that was got.
	 */
	Holding hold(String task, CacheKey key, long generation, String owner) {
		return new Holding(task, key, generation, owner);
	}

	/**
	 * The right to load an answer.
	 */
	final class Holding {

		private final String task;

		private final CacheKey key;

		private final String owner;

		private final ScheduledFuture<?> extension;

		private Holding(String task, CacheKey key, long generation, String owner) {
			this.task = task;
			this.key = key;
			this.owner = owner;
			long period = Math.max(1, InstanceLease.this.duration.toMillis() / EXTENSIONS);
			this.extension = InstanceLease.this.extender.scheduleWithFixedDelay(() -> ask(task, key, generation, owner),
					period, period, TimeUnit.MILLISECONDS);
		}

		/**
		 * End it.
		 * @param stored whether the answer was stored, which has ended it on the server
		 * @param executor talks to the store
		 */
		void end(boolean stored, Executor executor) {
			this.extension.cancel(false);
			if (stored) {
				return;
			}
			try {
				executor.execute(this::release);
			}
			catch (RejectedExecutionException ex) {
				// it is shut down: the lease ends by itself
			}
		}

		private void release() {
			InstanceLease.this.failures.attempt(Part.STORE, "release", this.task, () -> {
				InstanceLease.this.store.release(this.key, this.owner);
				return true;
			}, false);
		}

	}

}
