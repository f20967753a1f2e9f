package io.github.llmcache.readme;

import java.util.List;
import java.util.concurrent.CompletableFuture;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.ParameterizedTypeReference;

import io.github.llmcache.answer.CachedAnswer;
import io.github.llmcache.core.CacheRequest;
import io.github.llmcache.core.CallControl;
import io.github.llmcache.core.LlmCache;
import io.github.llmcache.explain.Explanation;
import io.github.llmcache.feedback.Feedback;
import io.github.llmcache.reactive.ReactiveLlmCache;
import io.github.llmcache.readme.ModelClient.Answer;
import io.github.llmcache.store.Erasure;

/**
 * Calls without a method to annotate, and what single calls want.
 */
class EngineSnippets {

	private final ModelClient client;

	private final LlmCache cache;

	private final ReactiveLlmCache reactiveCache;

	private final SupportService supportService;

	private final Assistant assistant;

	EngineSnippets(ModelClient client, LlmCache cache, ReactiveLlmCache reactiveCache, SupportService supportService,
			Assistant assistant) {
		this.client = client;
		this.cache = cache;
		this.reactiveCache = reactiveCache;
		this.supportService = supportService;
		this.assistant = assistant;
	}

	CachedAnswer<String> get(String prompt, String model) {
		CachedAnswer<String> answer = cache.get(
				CacheRequest.forTask("support-answer", String.class).prompt(prompt).model(model).semantic(true).build(),
				() -> client.ask(prompt, model));
		return answer;
	}

	void wrong(CachedAnswer<String> answer, String prompt) {
		cache.feedback(Feedback.wrong("support-answer", answer.entryId()).withPrompt(prompt));
	}

	Explanation explain(String prompt, String model) {
		Explanation explanation = cache.explain(CacheRequest.forTask("support-answer", String.class)
			.prompt(prompt)
			.model(model)
			.semantic(true)
			.build());
		explanation.candidates()
			.forEach((candidate) -> System.out.println(candidate.similarity() + " " + candidate.verdict()));
		return explanation;
	}

	CompletableFuture<CachedAnswer<Answer>> getAsync(String prompt, String model) {
		CacheRequest<Answer> request = CacheRequest.forTask("support-answer", Answer.class)
			.prompt(prompt)
			.model(model)
			.build();
		CompletableFuture<CachedAnswer<Answer>> answer = cache.getAsync(request, () -> client.askAsync(prompt, model));
		return answer;
	}

	Flux<CachedAnswer<String>> flux(String prompt, String model) {
		CacheRequest<List<String>> request = CacheRequest
			.forTask("support-answer", new ParameterizedTypeReference<List<String>>() {
			})
			.prompt(prompt)
			.model(model)
			.build();
		Flux<CachedAnswer<String>> tokens = reactiveCache.flux(request, () -> client.stream(prompt, model));
		return tokens;
	}

	Answer refresh(String prompt, String model, String tenant) {
		Answer answer;
		try (CallControl.Scope scope = CallControl.refresh().apply()) { // or bypass()
			answer = supportService.ask(prompt, model, tenant); // loaded again, and
																// stored
		}
		return answer;
	}

	Mono<CachedAnswer<Answer>> refreshReactive(String prompt, String model) {
		return assistant.askReactive(prompt, model)
			.contextWrite((context) -> context.put(CallControl.class, CallControl.refresh()));
	}

	Erasure forget() {
		Erasure erasure = cache.erase("tenant-42");
		return erasure;
	}

}
