package io.github.llmcache.test.application;

import java.util.concurrent.CompletableFuture;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

/**
 * Calls a model, which tests must not.
 */
@Component
public class ModelClient {

	public String answer(String prompt) {
		throw new IllegalStateException("A test called the model");
	}

	public Mono<String> answerLater(String prompt) {
		return Mono.fromSupplier(() -> answer(prompt));
	}

	public Flux<String> stream(String prompt) {
		return Flux.defer(() -> Flux.just(answer(prompt)));
	}

	public CompletableFuture<String> future(String prompt) {
		return CompletableFuture.supplyAsync(() -> answer(prompt));
	}

}
