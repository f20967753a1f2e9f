package io.github.llmcache.sample.model;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.answer.Completeness;
import io.github.llmcache.answer.TextualAnswer;

/**
 * A part of what a model answers, as it comes.
 *
 * @param text what to add to the answer; empty in the last part
 * @param end what it took, in the last part only
 */
public record ReplyPart(String text, @Nullable End end) implements Completeness, TextualAnswer {

	/**
	 * A part of the text.
	 * @param text the text
	 * @return the part
	 */
	public static ReplyPart text(String text) {
		return new ReplyPart(text, null);
	}

	/**
	 * The last part of an answer.
	 * @param reply the whole answer
	 * @return the part
	 */
	public static ReplyPart end(ModelReply reply) {
		return new ReplyPart("", new End(reply.model(), reply.inputTokens(), reply.outputTokens(), reply.latency(),
				reply.cost(), reply.complete()));
	}

	/**
	 * Whether the answer was not cut off, as far as this part shows.
	 * @return {@code false} only in the last part of an answer that was
	 */
	@Override
	public boolean complete() {
		return this.end == null || this.end.complete();
	}

	/**
	 * What an answer took.
	 *
	 * @param model name of the model
	 * @param inputTokens length of the prompt in tokens
	 * @param outputTokens length of the answer in tokens
	 * @param latency how long it took altogether
	 * @param cost what it cost, in dollars
	 * @param complete whether the model finished its answer; if not, the answer is not
	 * cached
	 */
	public record End(String model, int inputTokens, int outputTokens, Duration latency, double cost,
			boolean complete) {

		/**
		 * The answer as a whole.
		 * @param text its text
		 * @return the answer
		 */
		public ModelReply reply(String text) {
			return new ModelReply(text, this.model, this.inputTokens, this.outputTokens, this.latency, this.cost,
					this.complete);
		}

	}

}
