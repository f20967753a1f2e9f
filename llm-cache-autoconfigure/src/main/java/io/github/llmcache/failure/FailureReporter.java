package io.github.llmcache.failure;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.github.llmcache.codec.PayloadException;
import io.github.llmcache.event.FailureEvent.Part;
import io.github.llmcache.event.FailureEvent;
import io.github.llmcache.event.LlmCacheListener;
import io.github.llmcache.key.UncacheableArgumentException;
import io.github.llmcache.store.StoreRefusedException;
import io.github.llmcache.store.StoreUnavailableException;

/**
 * Keeps failures of the cache's parts from the call: each is reported to the listeners,
 * and the first of each part and task is logged. When an operation of the store works
 * again, that is logged, too, and so is its next failure. The other parts fail for single
 * prompts, arguments or answers, so that a success says nothing. A
 * {@link StoreUnavailableException} is left to the store to log.
 */
public final class FailureReporter {

	private static final Log logger = LogFactory.getLog(FailureReporter.class);

	private final LlmCacheListener listener;

	private final Set<Failure> logged = ConcurrentHashMap.newKeySet();

	/**
	 * Create the reporter.
	 * @param listener who is notified
	 */
	public FailureReporter(LlmCacheListener listener) {
		this.listener = listener;
	}

	/**
	 * Do something that must not make the call fail.
	 * @param <R> type of the result
	 * @param part the part that does it
	 * @param task the task
	 * @param action what to do
	 * @param fallback the result if it fails
	 * @return the result
	 */
	public <R extends @Nullable Object> R attempt(Part part, String task, Supplier<? extends R> action, R fallback) {
		return attempt(part, "", task, action, fallback);
	}

	/**
	 * Do something that must not make the call fail, and that may fail while the same
	 * part does something else: a store that is full can still be read.
	 * @param <R> type of the result
	 * @param part the part that does it
	 * @param operation what it does
	 * @param task the task
	 * @param action what to do
	 * @param fallback the result if it fails
	 * @return the result
	 */
	public <R extends @Nullable Object> R attempt(Part part, String operation, String task,
			Supplier<? extends R> action, R fallback) {
		try {
			R result = action.get();
			if (part == Part.STORE && !this.logged.isEmpty()) {
				worked(new Failure(part, operation, task));
			}
			return result;
		}
		catch (Exception | LinkageError | VirtualMachineError ex) {
			failed(new Failure(part, operation, task), ex);
			return fallback;
		}
	}

	/**
	 * Report a failure that was met elsewhere, on another thread for example.
	 * @param part the part that failed
	 * @param task the task
	 * @param cause what it threw
	 */
	public void failed(Part part, String task, Throwable cause) {
		failed(new Failure(part, "", task), cause);
	}

	private void worked(Failure failure) {
		if (this.logged.remove(failure)) {
			logger.info("LlmCache: " + failure.describe() + " works again for task '" + failure.task() + "'");
		}
	}

	private void failed(Failure failure, Throwable cause) {
		boolean reportedElsewhere = cause instanceof StoreUnavailableException;
		if (!reportedElsewhere && this.logged.add(failure)) {
			logger.warn("LlmCache: " + failure.describe() + " failed for task '" + failure.task() + "' with "
					+ describe(cause) + "; " + failure.consequence()
					+ ", and further failures of this kind are counted but not logged"
					+ " (details at debug level, where prompts may show)");
		}
		logger.debug("Failure of " + failure.describe(), cause);
		this.listener.onFailure(new FailureEvent(failure.task(), failure.part(), cause));
	}

	private static String describe(Throwable cause) {
		Throwable root = cause;
		while (root.getCause() != null && root.getCause() != root) {
			root = root.getCause();
		}
		String description = cause.getClass().getName();
		if (cause instanceof UncacheableArgumentException || cause instanceof PayloadException
				|| cause instanceof StoreRefusedException) {
			description += " (" + cause.getMessage() + ")";
		}
		return (root == cause) ? description : description + ", caused by " + root.getClass().getName();
	}

	private record Failure(Part part, String operation, String task) {

		String describe() {
			return this.operation.isEmpty() ? this.part.toString() : this.part + " (" + this.operation + ")";
		}

		String consequence() {
			return switch (this.operation) {
				case "encode" -> "the caller got the answer, but it was not stored";
				case "decode" -> "the stored answer was removed, and the call went on without it";
				default -> "the call went on without it";
			};
		}

	}

}
