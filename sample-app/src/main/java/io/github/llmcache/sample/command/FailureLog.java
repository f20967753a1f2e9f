package io.github.llmcache.sample.command;

import java.util.ArrayList;
import java.util.List;

/**
 * Collects wrong and missed hits, if somebody wants them. Used by one thread.
 */
public final class FailureLog {

	private final boolean wanted;

	private final List<Failure> failures = new ArrayList<>();

	/**
	 * Create a log.
	 * @param wanted whether failures are kept
	 */
	public FailureLog(boolean wanted) {
		this.wanted = wanted;
	}

	/**
	 * Whether failures are kept, so that finding out about them is worthwhile.
	 * @return {@code true} if they are kept
	 */
	public boolean isWanted() {
		return this.wanted;
	}

	/**
	 * Keep a failure, if it is wanted.
	 * @param failure the failure
	 */
	public void add(Failure failure) {
		if (this.wanted) {
			this.failures.add(failure);
		}
	}

	/**
	 * The failures that were kept.
	 * @return the failures, in order
	 */
	public List<Failure> failures() {
		return List.copyOf(this.failures);
	}

}
