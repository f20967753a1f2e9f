package io.github.llmcache.interceptor;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

import org.springframework.core.ResolvableType;

/**
 * How a method returns its answer. The types of Reactor and of Kotlin are recognized by
 * name, since they may be absent from the classpath.
 */
enum AnswerForm {

	/** As the value that it returns. */
	VALUE,

	/** As a future. */
	FUTURE,

	/** As a {@code Mono}. */
	MONO,

	/** As a {@code Flux}, whose elements together are the answer. */
	FLUX,

	/** As a {@code Flow} of Kotlin, whose elements together are the answer. */
	FLOW;

	/**
	 * How advice sees a method: it is given what a suspend function of Kotlin returns as
	 * a {@code Mono} or a {@code Flux}.
	 */
	static AnswerForm of(AnnotatedSignature signature) {
		AnswerForm form = of(ResolvableType.forType(signature.answerType()).resolve());
		if (!signature.isSuspending()) {
			return form;
		}
		return (form == FLOW) ? FLUX : MONO;
	}

	/**
	 * Whether the elements together are the answer.
	 */
	boolean isMany() {
		return this == FLUX || this == FLOW;
	}

	static AnswerForm of(@Nullable Class<?> type) {
		if (type == CompletableFuture.class || type == CompletionStage.class) {
			return FUTURE;
		}
		return switch ((type != null) ? type.getName() : "") {
			case "reactor.core.publisher.Mono" -> MONO;
			case "reactor.core.publisher.Flux" -> FLUX;
			case "kotlinx.coroutines.flow.Flow" -> FLOW;
			default -> VALUE;
		};
	}

}
