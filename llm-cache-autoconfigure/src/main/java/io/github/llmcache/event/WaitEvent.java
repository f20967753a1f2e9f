package io.github.llmcache.event;

import java.time.Duration;

/**
 * A call waited for another one that was loading the same answer.
 *
 * @param task the task
 * @param answered whether the cache answered it then; otherwise the method ran
 * @param waitTime how long it waited
 */
public record WaitEvent(String task, boolean answered, Duration waitTime) implements LlmCacheEvent {

	@Override
	public void notifyListener(LlmCacheListener listener) {
		listener.onWait(this);
	}

}
