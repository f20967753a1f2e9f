package io.github.llmcache.interceptor;

import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.time.Duration;

import org.springframework.core.KotlinDetector;

import io.github.llmcache.interceptor.LlmCacheOperationSource.MethodOperations;
import io.github.llmcache.policy.CachePolicy;

/**
 * Refuses methods that are annotated correctly, and cannot be cached with the other beans
 * of the application: of an answer that cannot be restored, of a semantic task where
 * nothing embeds prompts, and of one whose answers expire before they are refreshed.
 */
final class OperationCheck {

	private final InterceptedCache cache;

	OperationCheck(InterceptedCache cache) {
		this.cache = cache;
	}

	void check(MethodOperations found) {
		CachedOperation operation = found.cached();
		if (operation != null) {
			checkAnswer(found, operation.answerType());
			checkPolicy(found, this.cache.policies().resolve(operation.task().fallback(), operation.policy()));
		}
	}

	private void checkAnswer(MethodOperations found, AnswerType answerType) {
		if (!this.cache.codec().supports(answerType.type())) {
			throw new InvalidOperationException(found.method(),
					"returns '" + returnType(found.method(), answerType).getTypeName()
							+ "', which cannot be restored from JSON, so no answer would ever be stored",
					"Cache a method that returns the content itself, as a text or a record, or give the"
							+ " application's JsonMapper a mix-in or a deserializer for the type.");
		}
	}

	/**
	 * A suspend function of Kotlin declares {@code Object}.
	 */
	private static Type returnType(Method method, AnswerType answerType) {
		return KotlinDetector.isSuspendingFunction(method) ? answerType.type() : method.getGenericReturnType();
	}

	private void checkPolicy(MethodOperations found, CachePolicy policy) {
		Duration refreshAfter = policy.staleness().refreshAfter();
		if (!policy.ttl().isZero() && refreshAfter.compareTo(policy.ttl()) >= 0) {
			throw new InvalidOperationException(found.method(),
					"refreshes answers after " + refreshAfter + ", which is not below their TTL of " + policy.ttl(),
					"Give a shorter refreshAfter or a longer ttl, in @LlmCached or the property of that name.");
		}
		if (policy.semantic() && !this.cache.embedding()) {
			throw new InvalidOperationException(found.method(),
					"asks for semantic matching, but there is no TextEmbedder to embed prompts with",
					"Add the dependency llm-cache-spring-boot-starter, which brings an embedding model, or define a"
							+ " TextEmbedder bean; or set llm-cache.semantic.enabled=false to match the same prompts"
							+ " only.");
		}
	}

}
