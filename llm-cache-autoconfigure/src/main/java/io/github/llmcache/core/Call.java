package io.github.llmcache.core;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.match.Question;
import io.github.llmcache.policy.CachePolicy;

/**
 * One call: what it asks for, and where it is made. What its steps find out is in
 * {@link Findings}.
 */
final class Call {

	final CacheRequest<?> request;

	final CachePolicy policy;

	final CallControl control;

	/** Whether its transaction has evicted such answers, and has not committed. */
	final boolean uncommitted;

	/** Whom it waits for, and who waits for it. */
	final CallChain chain;

	/** How long it had waited before it took the place of another call. */
	final Duration waitedBefore;

	/** Whether to take part in a stream that has begun. */
	final boolean streaming;

	/** What its steps are observed within. */
	final @Nullable Object observed;

	Call(CacheRequest<?> request, CachePolicy policy, CallOrigin origin, boolean uncommitted, boolean streaming,
			@Nullable Object observed) {
		this.request = request;
		this.policy = policy;
		this.control = origin.control();
		this.uncommitted = uncommitted;
		this.chain = new CallChain(origin.outer());
		this.waitedBefore = origin.waited();
		this.streaming = streaming;
		this.observed = observed;
	}

	/**
	 * Where calls are made within the method.
	 */
	CallOrigin within() {
		return new CallOrigin(this.control, this.chain, Duration.ZERO);
	}

	/**
	 * What candidates are found and judged by.
	 * @param prompt the prompt, normalised
	 */
	Question question(String prompt) {
		return new Question(task(), prompt, this.policy);
	}

	String task() {
		return this.request.task();
	}

}
