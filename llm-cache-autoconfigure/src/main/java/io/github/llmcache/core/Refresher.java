package io.github.llmcache.core;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.event.FailureEvent.Part;
import io.github.llmcache.event.LoadEvent.Result;
import io.github.llmcache.event.LoadEvent;
import io.github.llmcache.failure.FailureReporter;
import io.github.llmcache.store.CacheKey;
import io.github.llmcache.store.LeaseStore.Lease;
import io.github.llmcache.thread.Threads;

/**
 * Loads answers again in the background when they are served and no longer young, each
 * once at a time among all instances.
 */
final class Refresher {

	private final AnswerLoad.Parts parts;

	private final @Nullable InstanceLease leases;

	private final Threads threads;

	private final FailureReporter failures;

	private final Set<CacheKey> refreshed = ConcurrentHashMap.newKeySet();

	Refresher(AnswerLoad.Parts parts, @Nullable InstanceLease leases, Threads threads, FailureReporter failures) {
		this.parts = parts;
		this.leases = leases;
		this.threads = threads;
		this.failures = failures;
	}

	/**
	 * Load the answer again if it is old enough and nobody else is loading it.
	 */
	void refresh(Findings findings, Hit hit, Loader<?, ?> loader, Instant now) {
		CacheKey key = findings.key();
		if (key == null || !findings.call().policy.staleness().isRefreshed(hit.age(now)) || !this.refreshed.add(key)) {
			return;
		}
		boolean accepted = this.threads.execute(() -> {
			try {
				refresh(findings, key, loader);
			}
			finally {
				this.refreshed.remove(key);
			}
		});
		if (!accepted) {
			this.refreshed.remove(key);
		}
	}

	private void refresh(Findings findings, CacheKey key, Loader<?, ?> loader) {
		InstanceLease.Holding lease = null;
		if (this.leases != null) {
			// under a name of its own, since the answer is there
			CacheKey refresh = new CacheKey(key.partition(), key.digest() + "-refresh");
			String owner = this.leases.newOwner();
			if (this.leases.ask(findings.task(), refresh, findings.generation(), owner) != Lease.GRANTED) {
				return;
			}
			lease = this.leases.hold(findings.task(), refresh, findings.generation(), owner);
		}
		try {
			load(findings, key, loader);
		}
		finally {
			if (lease != null) {
				lease.end(false, Runnable::run);
			}
		}
	}

	private void load(Findings findings, CacheKey key, Loader<?, ?> loader) {
		// an exact hit has no embedding yet
		Trail trail = findings.call().policy.semantic()
				? this.parts.semantic().embed(findings.call(), findings.address().prompt(), findings.trail())
				: findings.trail();
		long start = this.parts.nanoTime().getAsLong();
		Object fresh = this.failures.<@Nullable Object>attempt(Part.REFRESH, findings.task(),
				() -> Auditor.load(loader, this.parts.observer(), findings), null);
		Duration loadTime = Duration.ofNanos(this.parts.nanoTime().getAsLong() - start);
		this.parts.listener()
			.onLoad(new LoadEvent(findings.task(), loadTime, (fresh != null) ? Result.SUCCESS : Result.FAILURE));
		if (fresh != null) {
			Findings found = findings.with(trail);
			this.parts.auditor().group(found, this.parts.writer().store(found, key, fresh, loadTime));
		}
	}

}
