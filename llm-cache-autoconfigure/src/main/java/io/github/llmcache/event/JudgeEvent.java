package io.github.llmcache.event;

import java.time.Duration;

/**
 * A judge was asked whether two prompts, or two answers, are the same, or could not be
 * asked.
 *
 * @param task the task
 * @param use what the verdict is for
 * @param result the verdict, or why there is none
 * @param time how long the judge took, or the call waited for it; zero if it was not
 * asked
 */
public record JudgeEvent(String task, Use use, Result result, Duration time) implements LlmCacheEvent {

	@Override
	public void notifyListener(LlmCacheListener listener) {
		listener.onJudge(this);
	}

	/**
	 * What a verdict is for.
	 */
	public enum Use {

		/** To decide whether a call is served a cached answer. */
		SERVING,

		/** To find out in the background whether two answers say the same. */
		LABEL

	}

	/**
	 * The verdict, or why there is none.
	 */
	public enum Result {

		/** The prompts or answers are the same. */
		SAME,

		/** They are not. */
		DIFFERENT,

		/** The judge could not tell. */
		UNKNOWN,

		/** The judge threw, or had no thread to run on. */
		FAILED,

		/**
		 * A call did not wait any longer. How the judge decides in the end is another
		 * event.
		 */
		TIMED_OUT,

		/** It was not asked: there were enough calls in this minute. */
		OVER_BUDGET,

		/** It was not asked, because it has failed several times in a row. */
		PAUSED,

		/** It was not asked: the verdict was known. */
		REMEMBERED;

		/**
		 * Whether the judge was asked and has answered or failed.
		 * @return {@code true} for what counts as a call
		 */
		public boolean isCall() {
			return switch (this) {
				case SAME, DIFFERENT, UNKNOWN, FAILED -> true;
				case TIMED_OUT, OVER_BUDGET, PAUSED, REMEMBERED -> false;
			};
		}

	}

}
