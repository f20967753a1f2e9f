package io.github.llmcache.sample.replay;

import org.springframework.stereotype.Component;

import io.github.llmcache.annotation.LlmCacheIgnore;
import io.github.llmcache.annotation.LlmCached;
import io.github.llmcache.core.CachedAnswer;

/**
 * The model of a replay: knows the answer of every recorded request, and takes no time.
 */
@Component
public class ReplayedModel {

	/**
	 * Answer a recorded request, unless an answer is in the cache.
	 * @param prompt the prompt
	 * @param task the task, whose settings apply
	 * @param answerKey the answer that is right for the prompt
	 * @return the answer, and where it came from
	 */
	@LlmCached(task = "#{#task}", semantic = true)
	public CachedAnswer<String> ask(String prompt, @LlmCacheIgnore String task, @LlmCacheIgnore String answerKey) {
		return CachedAnswer.of(answerKey);
	}

}
