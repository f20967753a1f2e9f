package io.github.llmcache.policy;

import java.time.Duration;
import java.util.List;

/**
 * Which answers are served although newer ones would be better.
 *
 * @param refreshAfter age from which on an answer is loaded again in the background when
 * it is served; zero for never
 * @param ifError how long beyond its TTL an answer is kept, and served if the method
 * fails; zero if it is not kept
 * @param onError the exceptions for which it is served, subclasses included; other
 * exceptions reach the caller
 */
public record Staleness(Duration refreshAfter, Duration ifError, List<Class<? extends Throwable>> onError) {

	/**
	 * No answer is served beyond its TTL, and none is refreshed.
	 */
	public static final Staleness NONE = new Staleness(Duration.ZERO, Duration.ZERO, List.of(Exception.class));

	public Staleness {
		if (refreshAfter.isNegative()) {
			throw new IllegalArgumentException(
					"The age from which on an answer is refreshed must not be negative but is " + refreshAfter);
		}
		if (ifError.isNegative()) {
			throw new IllegalArgumentException(
					"The time for which an answer is kept beyond its TTL must not be negative but is " + ifError);
		}
		onError = List.copyOf(onError);
	}

	/**
	 * Whether a cached answer may take the place of a failure.
	 * @param failure what the method threw
	 * @return {@code true} if an old answer may be served instead
	 */
	public boolean covers(Throwable failure) {
		return !this.ifError.isZero() && this.onError.stream().anyMatch((type) -> type.isInstance(failure));
	}

	/**
	 * Whether a served answer should be loaded again.
	 * @param age its age
	 */
	public boolean isRefreshed(Duration age) {
		return !this.refreshAfter.isZero() && age.compareTo(this.refreshAfter) >= 0;
	}

}
