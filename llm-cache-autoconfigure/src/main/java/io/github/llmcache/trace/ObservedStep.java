package io.github.llmcache.trace;

import org.jspecify.annotations.Nullable;

/**
 * A step that is being observed. It may begin, go on and end on different threads, one
 * after the other. Its methods throw nothing.
 */
public interface ObservedStep {

	/**
	 * Is not observed.
	 */
	ObservedStep NONE = new ObservedStep() {

		@Override
		public Scope open() {
			return Scope.NONE;
		}

		@Override
		public @Nullable Object handle() {
			return null;
		}

		@Override
		public void failed(Throwable failure) {
		}

		@Override
		public void end(String outcome) {
		}

	};

	/**
	 * Begin to work on it on this thread: what is observed here from now on is within it.
	 * @return to be closed on the same thread
	 */
	Scope open();

	/**
	 * What observes it, for contexts that are not threads.
	 * @return the object; {@code null} if it is not observed
	 */
	@Nullable Object handle();

	/**
	 * It failed, and ends next.
	 * @param failure why
	 */
	void failed(Throwable failure);

	/**
	 * It is over. To be called once.
	 * @param outcome what came of it, one of a small fixed set of words in lower case
	 * joined by dashes
	 */
	void end(String outcome);

	/**
	 * Work on a step, on one thread.
	 */
	@FunctionalInterface
	interface Scope extends AutoCloseable {

		/**
		 * Is not observed.
		 */
		Scope NONE = () -> {
		};

		@Override
		void close();

	}

}
