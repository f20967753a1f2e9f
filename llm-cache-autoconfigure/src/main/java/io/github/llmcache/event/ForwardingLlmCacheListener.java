package io.github.llmcache.event;

/**
 * Forwards each event to other listeners, whatever its type.
 */
public abstract class ForwardingLlmCacheListener implements LlmCacheListener {

	/**
	 * Forward an event, by {@link LlmCacheEvent#notifyListener}.
	 * @param event the event
	 */
	protected abstract void forward(LlmCacheEvent event);

	@Override
	public final void onLookup(LookupEvent event) {
		forward(event);
	}

	@Override
	public final void onWait(WaitEvent event) {
		forward(event);
	}

	@Override
	public final void onLoad(LoadEvent event) {
		forward(event);
	}

	@Override
	public final void onStore(StoreEvent event) {
		forward(event);
	}

	@Override
	public final void onEviction(EvictionEvent event) {
		forward(event);
	}

	@Override
	public final void onAudit(AuditEvent event) {
		forward(event);
	}

	@Override
	public final void onJudge(JudgeEvent event) {
		forward(event);
	}

	@Override
	public final void onReliability(ReliabilityEvent event) {
		forward(event);
	}

	@Override
	public final void onFeedback(FeedbackEvent event) {
		forward(event);
	}

	@Override
	public final void onFailure(FailureEvent event) {
		forward(event);
	}

}
