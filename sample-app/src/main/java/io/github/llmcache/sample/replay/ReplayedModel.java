package io.github.llmcache.sample.replay;

import java.util.concurrent.atomic.AtomicLong;

import org.springframework.stereotype.Component;

import io.github.llmcache.annotation.LlmCacheIgnore;
import io.github.llmcache.annotation.LlmCached;
import io.github.llmcache.answer.CachedAnswer;

/**
 * The model of a replay: knows the answer of every recorded request, and takes no time.
 */
@Component
public class ReplayedModel {

	private final AtomicLong calls = new AtomicLong();

	/**
	 * Answer a recorded request, unless an answer is in the cache.
	 * @param prompt the prompt
	 * @param task the task, whose settings apply
	 * @param answerKey the same for all requests that may share the answer
	 * @param answer the model's answer to the prompt
	 * @return the answer, and where it came from
	 */
	@LlmCached(task = "#{#task}", semantic = true, tags = "#{#answerKey}")
	public CachedAnswer<String> ask(String prompt, @LlmCacheIgnore String task, @LlmCacheIgnore String answerKey,
			@LlmCacheIgnore String answer) {
		this.calls.incrementAndGet();
		return CachedAnswer.of(answer);
	}

	/**
	 * How often the model was asked.
	 * @return the number of calls that the cache let through
	 */
	public long calls() {
		return this.calls.get();
	}

}
