package io.github.llmcache.core;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.core.FailureEvent.Part;
import io.github.llmcache.core.LeaseStore.Lease;

/**
 * Lets one of the instances that share a store compute an answer, while the others ask
 * now and then whether it is there. A lease is extended as long as its owner lives.
 */
final class InstanceLease {

	private static final long FIRST_PAUSE_MILLIS = 10;

	/** So that a failed computation is noticed within a tenth of a second. */
	private static final long LONGEST_PAUSE_MILLIS = 80;

	/** A lease is extended so many times before it would end. */
	private static final int EXTENSIONS = 3;

	private final LeaseStore store;

	private final Duration duration;

	private final FailureReporter failures;

	private final String instance = UUID.randomUUID().toString();

	private final AtomicLong computations = new AtomicLong();

	private final ScheduledThreadPoolExecutor extender;

	InstanceLease(LeaseStore store, Duration duration, FailureReporter failures) {
		this.store = store;
		this.duration = duration;
		this.failures = failures;
		this.extender = new ScheduledThreadPoolExecutor(1, (task) -> {
			Thread thread = new Thread(task, "llm-cache-lease");
			thread.setDaemon(true);
			return thread;
		});
		this.extender.setKeepAliveTime(10, TimeUnit.SECONDS);
		this.extender.allowCoreThreadTimeOut(true);
		this.extender.setRemoveOnCancelPolicy(true);
	}

	/**
	 * Get the right to compute, or wait for who has it.
	 * @param maxWaitNanos how long to wait at most
	 * @return the right, or {@code null} if the answer is there by now, or if waiting was
	 * too long
	 */
	@Nullable Holding acquire(Call call, CacheKey key, long maxWaitNanos) {
		String owner = this.instance + '-' + this.computations.incrementAndGet();
		long generation = call.generation;
		long start = System.nanoTime();
		long pause = FIRST_PAUSE_MILLIS;
		while (true) {
			Lease lease = ask(call.task(), key, generation, owner);
			if (lease == Lease.TAKEN) {
				return new Holding(call.task(), key, generation, owner, pause == FIRST_PAUSE_MILLIS);
			}
			if (lease == Lease.STORED || System.nanoTime() - start >= maxWaitNanos) {
				return null;
			}
			try {
				TimeUnit.MILLISECONDS.sleep(pause);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				return null;
			}
			pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
		}
	}

	private Lease ask(String task, CacheKey key, long generation, String owner) {
		return this.failures.attempt(Part.STORE, "lease", task,
				() -> this.store.lease(key, generation, owner, this.duration), Lease.TAKEN);
	}

	/**
	 * The right to compute an answer.
	 */
	final class Holding {

		private final String task;

		private final CacheKey key;

		private final String owner;

		private final boolean immediate;

		private final ScheduledFuture<?> extension;

		private Holding(String task, CacheKey key, long generation, String owner, boolean immediate) {
			this.task = task;
			this.key = key;
			this.owner = owner;
			this.immediate = immediate;
			long period = Math.max(1, InstanceLease.this.duration.toMillis() / EXTENSIONS);
			this.extension = InstanceLease.this.extender.scheduleWithFixedDelay(() -> ask(task, key, generation, owner),
					period, period, TimeUnit.MILLISECONDS);
		}

		/**
		 * Whether nobody else had it before, so that there was nothing to wait for.
		 */
		boolean isImmediate() {
			return this.immediate;
		}

		/**
		 * End it.
		 * @param stored whether the answer was stored, which has ended it on the server
		 */
		void end(boolean stored) {
			this.extension.cancel(false);
			if (!stored) {
				InstanceLease.this.failures.attempt(Part.STORE, "release", this.task, () -> {
					InstanceLease.this.store.release(this.key, this.owner);
					return true;
				}, false);
			}
		}

	}

}
