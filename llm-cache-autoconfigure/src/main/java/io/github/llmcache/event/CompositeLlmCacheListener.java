package io.github.llmcache.event;

import java.util.List;
import java.util.function.Supplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Notifies several listeners, and keeps what they throw from the call.
 * <p>
 * The first failure of a listener is logged, later ones are not. Public because every
 * part that notifies a listener wraps it in this, and so should a store of your own.
 */
public final class CompositeLlmCacheListener extends ForwardingLlmCacheListener {

	private static final Log logger = LogFactory.getLog(CompositeLlmCacheListener.class);

	private final Supplier<List<LlmCacheListener>> listeners;

	private volatile boolean failed;

	/**
	 * Create the composite.
	 * @param listeners the listeners, in order; requested for every event, so that they
	 * may be created after the cache
	 */
	public CompositeLlmCacheListener(Supplier<List<LlmCacheListener>> listeners) {
		this.listeners = listeners;
	}

	/**
	 * Wrap a listener, so that what it throws does not reach its caller.
	 * @param listener the listener
	 * @return a listener that does not throw
	 */
	public static CompositeLlmCacheListener of(LlmCacheListener listener) {
		return (listener instanceof CompositeLlmCacheListener composite) ? composite
				: new CompositeLlmCacheListener(() -> List.of(listener));
	}

	@Override
	protected void forward(LlmCacheEvent event) {
		try {
			for (LlmCacheListener listener : this.listeners.get()) {
				notifyListener(listener, event);
			}
		}
		catch (Exception | LinkageError ex) {
			failed("The supplier of the listeners", ex);
		}
	}

	private void notifyListener(LlmCacheListener listener, LlmCacheEvent event) {
		try {
			event.notifyListener(listener);
		}
		catch (ListenerFailedException ex) {
			failed("Listener " + ex.getListener(), (ex.getCause() != null) ? ex.getCause() : ex);
		}
		catch (Exception | LinkageError ex) {
			failed("Listener " + listener.getClass().getName(), ex);
		}
	}

	private void failed(String who, Throwable cause) {
		if (!this.failed) {
			this.failed = true;
			logger.warn(who + " failed with " + cause.getClass().getName()
					+ "; calls go on, and further failures of listeners are not logged");
			logger.debug("Failure of a listener", cause);
		}
	}

}
