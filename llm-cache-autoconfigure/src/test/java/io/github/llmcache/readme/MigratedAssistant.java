package io.github.llmcache.readme;

import org.springframework.cache.annotation.CacheEvict;
import org.springframework.cache.annotation.Cacheable;

import io.github.llmcache.annotation.LlmCacheEvict;
import io.github.llmcache.annotation.LlmCached;

/**
 * What was cached by Spring's own annotations.
 */
class MigratedAssistant {

	private final ModelClient client;

	MigratedAssistant(ModelClient client) {
		this.client = client;
	}

	@LlmCached(task = "answers")
	public String ask(String prompt, String model) {
		return client.ask(prompt, model);
	}

	@LlmCacheEvict(task = "answers")
	public void knowledgeBaseChanged() {
	}

	/**
	 * As it was before.
	 */
	static class Before {

		private final ModelClient client;

		Before(ModelClient client) {
			this.client = client;
		}

		@Cacheable(cacheNames = "answers", key = "#prompt + #model")
		public String ask(String prompt, String model) {
			return client.ask(prompt, model);
		}

		@CacheEvict(cacheNames = "answers", allEntries = true)
		public void knowledgeBaseChanged() {
		}

	}

}
