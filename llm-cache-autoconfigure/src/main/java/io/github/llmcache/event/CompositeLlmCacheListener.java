package io.github.llmcache.event;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Tells several listeners, and keeps what they throw from the call.
 * <p>
 * A listener's first failure is logged, later ones are not.
 */
public final class CompositeLlmCacheListener implements LlmCacheListener {

	private static final Log logger = LogFactory.getLog(CompositeLlmCacheListener.class);

	private final Supplier<List<LlmCacheListener>> listeners;

	private volatile boolean failed;

	/**
	 * Create the composite.
	 * @param listeners the listeners, in order; asked for on every event, so that they
	 * may come into being later than the cache
	 */
	public CompositeLlmCacheListener(Supplier<List<LlmCacheListener>> listeners) {
		this.listeners = listeners;
	}

	/**
	 * Keep what one listener throws from its caller.
	 * @param listener the listener
	 * @return a listener that does not throw
	 */
	public static CompositeLlmCacheListener of(LlmCacheListener listener) {
		return (listener instanceof CompositeLlmCacheListener composite) ? composite
				: new CompositeLlmCacheListener(() -> List.of(listener));
	}

	@Override
	public void onLookup(LookupEvent event) {
		tell((listener) -> listener.onLookup(event));
	}

	@Override
	public void onWait(WaitEvent event) {
		tell((listener) -> listener.onWait(event));
	}

	@Override
	public void onLoad(LoadEvent event) {
		tell((listener) -> listener.onLoad(event));
	}

	@Override
	public void onStore(StoreEvent event) {
		tell((listener) -> listener.onStore(event));
	}

	@Override
	public void onEviction(EvictionEvent event) {
		tell((listener) -> listener.onEviction(event));
	}

	@Override
	public void onAudit(AuditEvent event) {
		tell((listener) -> listener.onAudit(event));
	}

	@Override
	public void onReliability(ReliabilityEvent event) {
		tell((listener) -> listener.onReliability(event));
	}

	@Override
	public void onFailure(FailureEvent event) {
		tell((listener) -> listener.onFailure(event));
	}

	private void tell(Consumer<LlmCacheListener> event) {
		try {
			for (LlmCacheListener listener : this.listeners.get()) {
				tell(listener, event);
			}
		}
		catch (Exception | LinkageError ex) {
			failed("The supplier of the listeners", ex);
		}
	}

	private void tell(LlmCacheListener listener, Consumer<LlmCacheListener> event) {
		try {
			event.accept(listener);
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
