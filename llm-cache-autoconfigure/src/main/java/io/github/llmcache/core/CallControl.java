package io.github.llmcache.core;

import java.time.Clock;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.store.CacheEntry;

/**
 * Tells the cache how to treat the calls of the current thread, as {@code Cache-Control}
 * does for an HTTP request:
 *
 * <pre class="code">
 * try (CallControl.Scope scope = CallControl.refresh().apply()) {
 *     answer = assistant.ask(prompt, model);
 * }
 * </pre>
 *
 * <p>
 * Immutable. It applies to calls that are made on the thread that applied it. For a
 * method that returns a future or a reactive type, this is the thread that calls the
 * method, wherever and whenever the answer arrives. It can also be put into a Reactor
 * context, under the key {@code CallControl.class}.
 */
public final class CallControl {

	private static final CallControl NONE = new CallControl(true, true, null);

	private static final ThreadLocal<CallControl> current = ThreadLocal.withInitial(() -> NONE);

	private final boolean served;

	private final boolean stored;

	private final @Nullable Duration maxAge;

	private CallControl(boolean served, boolean stored, @Nullable Duration maxAge) {
		this.served = served;
		this.stored = stored;
		this.maxAge = maxAge;
	}

	/**
	 * Load a new answer: the method runs, and its answer replaces the cached one.
	 * @return the control
	 */
	public static CallControl refresh() {
		return new CallControl(false, true, null);
	}

	/**
	 * Bypass the cache: the method runs, and its answer is not stored.
	 * @return the control
	 */
	public static CallControl bypass() {
		return new CallControl(false, false, null);
	}

	/**
	 * Accept cached answers up to an age, which counts from the time of storing.
	 * @param maxAge the highest age at which an answer is served, inclusive; not negative
	 * @return the control
	 */
	public static CallControl maxAge(Duration maxAge) {
		if (maxAge.isNegative()) {
			throw new IllegalArgumentException("The highest age must not be negative but is " + maxAge);
		}
		return new CallControl(true, true, maxAge);
	}

	/**
	 * Get the control that applies to this thread.
	 * @return the control that was applied last and has not ended; otherwise one that
	 * asks for nothing
	 */
	public static CallControl current() {
		return current.get();
	}

	/**
	 * Apply this control to the calls of this thread, in place of the previous one.
	 * @return a scope whose closing, on the same thread, ends this
	 */
	public Scope apply() {
		CallControl previous = current.get();
		current.set(this);
		return () -> {
			if (previous == NONE) {
				current.remove();
			}
			else {
				current.set(previous);
			}
		};
	}

	boolean isServed() {
		return this.served;
	}

	boolean isStored() {
		return this.stored;
	}

	/**
	 * Whether an entry is young enough.
	 */
	boolean accepts(CacheEntry entry, Clock clock) {
		return this.maxAge == null || !entry.created().plus(this.maxAge).isBefore(clock.instant());
	}

	/**
	 * The period in which a control applies.
	 */
	public interface Scope extends AutoCloseable {

		/**
		 * End the period: the previous control applies again.
		 */
		@Override
		void close();

	}

}
