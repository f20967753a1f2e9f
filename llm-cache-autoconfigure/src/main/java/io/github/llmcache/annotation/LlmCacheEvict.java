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
 * Invalidates cached answers when a method is called.
 * <p>
 * Removed are the entries that match every criterion that is given; a criterion whose
 * expression gives {@code null} makes the call fail before anything is removed, so that a
 * missing value never widens the invalidation. At least one criterion is required, or
 * {@link #all()}. Expressions are those of {@link LlmCached}.
 */
@Target({ ElementType.TYPE, ElementType.METHOD })
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@Documented
@Reflective
public @interface LlmCacheEvict {

	/**
	 * Alias for {@link #task()}.
	 * @return the task
	 */
	@AliasFor("task")
	String value() default "";

	/**
	 * Entries of this task. Property placeholders are resolved.
	 * @return the task, or empty for every task
	 */
	@AliasFor("value")
	String task() default "";

	/**
	 * Entries of this model.
	 * @return an expression, or empty for every model
	 */
	String model() default "";

	/**
	 * Entries of this template.
	 * @return an expression, or empty for every template
	 */
	String template() default "";

	/**
	 * Entries of this scope.
	 * @return an expression, or empty for every scope
	 */
	String scope() default "";

	/**
	 * Entries with this tag, written as in {@link LlmCached#tags()}.
	 * @return the tag, or empty for entries with any tag or none
	 */
	String tag() default "";

	/**
	 * Entries of exactly this prompt.
	 * @return an expression, or empty for every prompt
	 */
	String prompt() default "";

	/**
	 * Entries whose prompt matches a pattern, in which {@code *} stands for any
	 * characters and {@code ?} for one, without regard to case.
	 * @return an expression, for example {@code '*refund*'}, or empty for every prompt
	 */
	String promptPattern() default "";

	/**
	 * Every entry of every task. Excludes all criteria.
	 * @return {@code true} to empty the cache
	 */
	boolean all() default false;

	/**
	 * Expression that has to be {@code true} for anything to be invalidated.
	 * @return an expression, or empty for always
	 */
	String condition() default "";

	/**
	 * Whether to invalidate before the method runs, even if it then throws. Otherwise it
	 * happens after the method returned.
	 * @return {@code true} for before
	 */
	boolean beforeInvocation() default false;

}
