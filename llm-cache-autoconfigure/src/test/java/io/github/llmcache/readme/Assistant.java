package io.github.llmcache.readme;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import io.github.llmcache.annotation.LlmCached;
import io.github.llmcache.answer.CachedAnswer;
import io.github.llmcache.answer.Completeness;
import io.github.llmcache.readme.ModelClient.Answer;

/**
 * Every kind of call.
 */
class Assistant {

	private final ModelClient client;

	Assistant(ModelClient client) {
		this.client = client;
	}

	@LlmCached(task = "support-answer", semantic = true)
	public String ask(String prompt, String model) {
		return client.ask(prompt, model); // costs money and seconds
	}

	@LlmCached(task = "support-answer", semantic = true)
	public Flux<String> stream(String prompt, String model) {
		return client.stream(prompt, model);
	}

	@LlmCached(task = "support-answer", semantic = true)
	public CompletableFuture<Answer> askAsync(String prompt, String model) {
		return client.askAsync(prompt, model);
	}

	@LlmCached(task = "support-answer", semantic = true)
	public Mono<CachedAnswer<Answer>> askReactive(String prompt, String model) {
		return client.askReactive(prompt, model).map(CachedAnswer::of);
	}

	@LlmCached(task = "prices", ttl = "1h", refreshAfter = "30m", staleIfError = "1d", staleOn = IOException.class)
	public String priceList(String prompt) throws IOException {
		return client.fetch(prompt);
	}

	@LlmCached(task = "replies")
	public Reply reply(String prompt) {
		return new Reply(ask(prompt, "small"), "length");
	}

	record Reply(String text, String finishReason) implements Completeness {

		@Override
		public boolean complete() {
			return !finishReason.equals("length");
		}

	}

}
