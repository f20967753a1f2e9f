package io.github.llmcache.core;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Where a call is made: what its caller wants of the cache, and the calls whose methods
 * it is made within. These wait for it, so it does not wait for them.
 * <p>
 * Immutable. Adapters of asynchronous types carry it from where a method is run to where
 * calls are made within: the thread that runs the method has it, and so may a Reactor
 * context, as {@code CallOrigin.class}.
 */
public final class CallOrigin {

	private static final ThreadLocal<@Nullable CallChain> current = new ThreadLocal<>();

	private final CallControl control;

	private final @Nullable CallChain outer;

	private final Duration waited;

	private final @Nullable Object observed;

	CallOrigin(CallControl control, @Nullable CallChain outer, Duration waited) {
		this(control, outer, waited, null);
	}

	private CallOrigin(CallControl control, @Nullable CallChain outer, Duration waited, @Nullable Object observed) {
		this.control = control;
		this.outer = outer;
		this.waited = waited;
		this.observed = observed;
	}

	/**
	 * Where a call is made on this thread.
	 * @return what applies to this thread, and the call whose method it runs
	 */
	public static CallOrigin current() {
		return new CallOrigin(CallControl.current(), current.get(), Duration.ZERO);
	}

	/**
	 * The same origin with another control.
	 * @param control what it wants
	 * @return the origin
	 */
	public CallOrigin withControl(CallControl control) {
		return new CallOrigin(control, this.outer, this.waited, this.observed);
	}

	/**
	 * The same origin, but within the methods that another call is made within.
	 * @param origin where the other call is made
	 * @return the origin
	 */
	public CallOrigin within(CallOrigin origin) {
		return new CallOrigin(this.control, origin.outer, this.waited, this.observed);
	}

	/**
	 * The same origin for a call that takes the place of one that has waited.
	 * @param waited how long it waited for others, altogether; not negative
	 * @return the origin
	 */
	public CallOrigin waited(Duration waited) {
		return new CallOrigin(this.control, this.outer, waited, this.observed);
	}

	/**
	 * The same within something that is observed, and not on this thread.
	 * @param observed what is observed, see
	 * {@link io.github.llmcache.trace.StepObserver#current()}; {@code null} for what is
	 * observed on the thread of the call
	 * @return the origin
	 */
	public CallOrigin observedBy(@Nullable Object observed) {
		return new CallOrigin(this.control, this.outer, this.waited, observed);
	}

	/**
	 * Run a method on this thread, whose calls are made as if from this origin.
	 * @param <R> what it returns
	 * @param <X> what it may throw
	 * @param method what is run
	 * @return what it returned
	 * @throws X what it threw
	 */
	public <R, X extends Throwable> @Nullable R run(Loader<R, X> method) throws X {
		CallChain previous = current.get();
		current.set(this.outer);
		try (CallControl.Scope scope = this.control.apply()) {
			return method.load();
		}
		finally {
			if (previous != null) {
				current.set(previous);
			}
			else {
				current.remove();
			}
		}
	}

	/**
	 * Let a method run on another thread, with its calls made as if from this origin.
	 * @param <R> what it returns
	 * @param <X> what it may throw
	 * @param method what is run
	 * @return runs the method on any thread
	 */
	public <R, X extends Throwable> Loader<R, X> carry(Loader<R, X> method) {
		return () -> run(method);
	}

	CallControl control() {
		return this.control;
	}

	@Nullable CallChain outer() {
		return this.outer;
	}

	@Nullable Object observed() {
		return this.observed;
	}

	Duration waited() {
		return this.waited;
	}

}
