package io.github.llmcache.test.application;

import java.util.concurrent.CompletableFuture;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Service;

import io.github.llmcache.annotation.LlmCacheEvict;
import io.github.llmcache.annotation.LlmCached;
import io.github.llmcache.answer.CachedAnswer;

/**
 * Has methods of each kind.
 */
@Service
public class SupportService {

	private final ModelClient client;

	public SupportService(ModelClient client) {
		this.client = client;
	}

	@LlmCached(task = "support", semantic = true, ttl = "1h")
	public CachedAnswer<String> ask(String prompt) {
		return CachedAnswer.of(this.client.answer(prompt));
	}

	@LlmCached(task = "support-mono")
	public Mono<String> askLater(String prompt) {
		return this.client.answerLater(prompt);
	}

	@LlmCached(task = "support-flux")
	public Flux<String> stream(String prompt) {
		return this.client.stream(prompt);
	}

	@LlmCached(task = "support-future")
	public CompletableFuture<String> future(String prompt) {
		return this.client.future(prompt);
	}

	@LlmCacheEvict(task = "support")
	public void forget() {
	}

}
