package io.github.llmcache.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.aot.hint.annotation.Reflective;
import org.springframework.core.annotation.AliasFor;

/**
 * Answers repeated calls from the cache, for a method that asks a language model.
 * <p>
 * On a method, or on a type for all of its public methods; on a class or on an interface;
 * also as a meta-annotation. A method's annotation replaces that of its type.
 *
 * <h2>Which argument plays which role</h2>
 * <ul>
 * <li>The <em>prompt</em> may be worded differently and still mean the same: the argument
 * annotated with {@link LlmCachePrompt}, or the expression {@link #prompt()}; else the
 * parameter named {@code prompt}, or the only {@link CharSequence}.</li>
 * <li><em>Model</em>, <em>template</em> and <em>scope</em> have to be equal, and entries
 * can be evicted by them: the expressions {@link #model()}, {@link #template()} and
 * {@link #scope()}, or the argument annotated with {@link LlmCacheScope}; else the text
 * or enum parameters named {@code model} and {@code template}.</li>
 * <li>Arguments annotated with {@link LlmCacheIgnore} are left out.</li>
 * <li>Every other argument has to be equal.</li>
 * </ul>
 * If the prompt expression reads a property of an argument ({@code #request.text}), the
 * rest of that argument still has to be equal.
 *
 * <h2>Expressions</h2> Expressions are written in Spring's expression language, with the
 * arguments as {@code #name}, {@code #a0} or {@code #p0}, the called object as
 * {@code #root.target}, the method as {@code #root.method}, and beans as {@code @name}.
 *
 * <p>
 * The bean fails to be created if a role cannot be decided, as with two texts neither of
 * which is declared as the prompt, or if the return type cannot be cached ({@code void},
 * {@link java.util.stream.Stream}, {@code Object}).
 *
 * <h2>Asynchronous methods</h2> A method may return a
 * {@link java.util.concurrent.CompletableFuture}, a
 * {@link java.util.concurrent.CompletionStage}, a {@code Mono} or a {@code Flux}. The
 * cache then works on threads of its own, and never blocks that of the caller. The
 * elements of a {@code Flux} pass as they come, and are stored when it completes; a hit
 * has the same elements.
 *
 * @see LlmCacheEvict
 */
@Target({ ElementType.TYPE, ElementType.METHOD })
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@Documented
@Reflective
public @interface LlmCached {

	/**
	 * Alias for {@link #task()}.
	 * @return the task
	 */
	@AliasFor("task")
	String value() default "";

	/**
	 * Name of the kind of work, for example {@code support-answer}: settings, statistics
	 * and eviction go by task. Required. Property placeholders are resolved.
	 * @return the task
	 */
	@AliasFor("value")
	String task() default "";

	/**
	 * Expression for the prompt; see the class comment for the default.
	 * @return an expression that gives a text, or empty
	 */
	String prompt() default "";

	/**
	 * Expression for the language model, for example {@code #options.model} or
	 * {@code 'gpt-5'} in single quotes.
	 * @return an expression, or empty
	 */
	String model() default "";

	/**
	 * Expression for the prompt template or its version.
	 * @return an expression, or empty
	 */
	String template() default "";

	/**
	 * Expression for the tenant or user that an answer belongs to, for example
	 * {@code @tenants.current()}. If it gives {@code null}, the answer is for everybody.
	 * @return an expression, or empty
	 */
	String scope() default "";

	/**
	 * Whether another wording of the same question may be answered from the cache. The
	 * property {@code llm-cache.tasks.<task>.semantic} decides if it is set.
	 * @return {@code true} to match semantically
	 */
	boolean semantic() default false;

	/**
	 * The lowest cosine similarity of another wording, between 0 and 1. The property
	 * {@code llm-cache.tasks.<task>.min-similarity} decides if it is set.
	 * @return the similarity; negative for the default of
	 * {@code llm-cache.semantic.min-similarity}
	 */
	double minSimilarity() default -1;

	/**
	 * How long an answer may be served after it was stored, such as {@code 30m},
	 * {@code 12h} or {@code P7D}; {@code 0} disables caching. Property placeholders are
	 * resolved. The property {@code llm-cache.tasks.<task>.ttl} decides if it is set.
	 * @return the TTL; empty for the default of {@code llm-cache.ttl}
	 */
	String ttl() default "";

	/**
	 * Age from which on an answer is served and loaded again in the background, such as
	 * {@code 10m}; has to be below the TTL. Property placeholders are resolved. The
	 * property {@code llm-cache.tasks.<task>.refresh-after} decides if it is set.
	 * @return the age; {@code 0} for never, empty for the default of
	 * {@code llm-cache.refresh-after}
	 */
	String refreshAfter() default "";

	/**
	 * How long an answer is kept beyond its TTL, such as {@code 1h}, to be served if the
	 * method throws one of {@link #staleOn()}. Property placeholders are resolved. The
	 * property {@code llm-cache.tasks.<task>.stale-if-error} decides if it is set.
	 * @return the time; {@code 0} if it is not kept, empty for the default of
	 * {@code llm-cache.stale-if-error}
	 */
	String staleIfError() default "";

	/**
	 * The exceptions for which an answer is served beyond its TTL, subclasses included.
	 * The property {@code llm-cache.tasks.<task>.stale-on} decides if it is set.
	 * @return the exceptions; empty for the default of {@code llm-cache.stale-on}, which
	 * is every {@link Exception}
	 */
	Class<? extends Throwable>[] staleOn() default {};

	/**
	 * How many scopes must hold an equal answer to the same prompt before it is served to
	 * other scopes, too: 2 to 32, or 0 if no scope is served an answer of another one.
	 * Has no effect without a scope. The property
	 * {@code llm-cache.tasks.<task>.share-after-scopes} decides if it is set.
	 * @return the number of scopes; negative for the default of
	 * {@code llm-cache.share-after-scopes}
	 */
	int shareAfterScopes() default -1;

	/**
	 * Expression, evaluated before the call, that must be {@code true} for the cache to
	 * be used.
	 * @return an expression, or empty for always
	 */
	String condition() default "";

	/**
	 * Expression, evaluated after the call, that must not be {@code true} for the answer
	 * to be stored. The answer is {@code #result}: the value of a future or a
	 * {@code Mono}, the list of the elements of a {@code Flux}.
	 * @return an expression, or empty for never
	 */
	String unless() default "";

	/**
	 * Tags that the answer can be evicted by. A tag may contain expressions in
	 * {@code #{...}}, for example {@code customer-#{#customerId}}.
	 * @return the tags
	 */
	String[] tags() default {};

}
