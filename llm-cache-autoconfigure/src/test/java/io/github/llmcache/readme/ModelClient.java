package io.github.llmcache.readme;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Stands for the client of a model, and counts.
 */
class ModelClient {

	final AtomicInteger calls = new AtomicInteger();

	volatile boolean broken;

	String ask(String prompt, String model) {
		return "answer " + this.calls.incrementAndGet();
	}

	Answer ask(String prompt, String model, String tenant) {
		return new Answer(ask(prompt, model));
	}

	String fetch(String prompt) throws IOException {
		if (this.broken) {
			throw new IOException("connection reset");
		}
		return ask(prompt, "small");
	}

	CompletableFuture<Answer> askAsync(String prompt, String model) {
		return CompletableFuture.supplyAsync(() -> new Answer(ask(prompt, model)));
	}

	Mono<Answer> askReactive(String prompt, String model) {
		return Mono.fromSupplier(() -> new Answer(ask(prompt, model)));
	}

	Flux<String> stream(String prompt, String model) {
		return Flux.defer(() -> Flux.just(ask(prompt, model), " and", " more"));
	}

	record Answer(String text) {

	}

}
