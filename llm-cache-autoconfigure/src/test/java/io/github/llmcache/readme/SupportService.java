package io.github.llmcache.readme;

import org.springframework.stereotype.Service;

import io.github.llmcache.annotation.LlmCacheEvict;
import io.github.llmcache.annotation.LlmCacheScope;
import io.github.llmcache.annotation.LlmCached;
import io.github.llmcache.readme.ModelClient.Answer;

/**
 * The three steps.
 */
@Service
class SupportService {

	private final ModelClient client;

	SupportService(ModelClient client) {
		this.client = client;
	}

	@LlmCached(task = "support-answer", semantic = true, ttl = "12h")
	public Answer ask(String prompt, String model, @LlmCacheScope String tenant) {
		return client.ask(prompt, model, tenant);
	}

	@LlmCacheEvict(task = "support-answer", scope = "#tenant")
	public void knowledgeBaseChanged(String tenant) {
	}

}
