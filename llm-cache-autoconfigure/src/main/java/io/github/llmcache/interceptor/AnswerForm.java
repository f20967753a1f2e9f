package io.github.llmcache.interceptor;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

/**
 * How a method returns its answer. Reactor's types are recognized by name, since Reactor
 * may be absent from the classpath.
 */
enum AnswerForm {

	/** As the value that it returns. */
	VALUE,

	/** As a future. */
	FUTURE,

	/** As a {@code Mono}. */
	MONO,

	/** As a {@code Flux}, whose elements together are the answer. */
	FLUX;

	static AnswerForm of(@Nullable Class<?> type) {
		if (type == CompletableFuture.class || type == CompletionStage.class) {
			return FUTURE;
		}
		return switch ((type != null) ? type.getName() : "") {
			case "reactor.core.publisher.Mono" -> MONO;
			case "reactor.core.publisher.Flux" -> FLUX;
			default -> VALUE;
		};
	}

}
