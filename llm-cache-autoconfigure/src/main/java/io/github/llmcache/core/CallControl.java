package io.github.llmcache.core;

import java.time.Clock;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.store.CacheEntry;

/**
 * What calls of the current thread want of the cache for now, like the
 * {@code Cache-Control} of an HTTP request:
 *
 * <pre class="code">
 * try (CallControl.Scope scope = CallControl.refresh().apply()) {
 *     answer = assistant.ask(prompt, model);
 * }
 * </pre>
 *
 * <p>
 * Immutable. It applies to calls that the thread makes that applied it: a method that
 * returns a future or a reactive type is called when it is called, wherever and whenever
 * its answer comes. In a Reactor context, it is looked for as {@code CallControl.class}.
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
	 * Nothing out of the cache: the method runs, and its answer takes the place of the
	 * old one.
	 * @return the control
	 */
	public static CallControl refresh() {
		return new CallControl(false, true, null);
	}

	/**
	 * Nothing out of the cache, and nothing into it.
	 * @return the control
	 */
	public static CallControl bypass() {
		return new CallControl(false, false, null);
	}

	/**
	 * Nothing out of the cache that is older. The age counts from the time of storing.
	 * @param maxAge the age up to which an answer is served, inclusive; not negative
	 * @return the control
	 */
	public static CallControl maxAge(Duration maxAge) {
		if (maxAge.isNegative()) {
			throw new IllegalArgumentException("The highest age must not be negative but is " + maxAge);
		}
		return new CallControl(true, true, maxAge);
	}

	/**
	 * What applies to this thread.
	 * @return what was applied last and has not ended; else what asks for nothing
	 */
	public static CallControl current() {
		return current.get();
	}

	/**
	 * Apply it to the calls of this thread, instead of what was applied before.
	 * @return what ends it, on the same thread
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
	 * The time for which a control applies.
	 */
	public interface Scope extends AutoCloseable {

		/**
		 * End it: what was applied before applies again.
		 */
		@Override
		void close();

	}

}
