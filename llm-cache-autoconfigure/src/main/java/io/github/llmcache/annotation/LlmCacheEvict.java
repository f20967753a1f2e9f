package io.github.llmcache.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.aot.hint.annotation.Reflective;
import org.springframework.core.annotation.AliasFor;

/**
 * Evicts cached answers when a method is called.
 * <p>
 * Removed are the entries that match every criterion that is given; a criterion whose
 * expression gives {@code null} makes the call fail before anything is removed, so that a
 * missing value never widens the eviction. At least one criterion is required, or
 * {@link #all()}. Expressions are those of {@link LlmCached}.
 * <p>
 * Several of them are carried out in the order in which they are written, first those
 * with {@link #beforeInvocation()}. If the store fails for one, the others are carried
 * out all the same. If a criterion or a condition of one fails, the call fails: before
 * the method runs, without anything being removed; after it, when the others have been
 * carried out, because the method has changed something by then.
 * <p>
 * If the method is called within a Spring transaction, the eviction takes effect when
 * that has committed, and does not if it is rolled back; answers that were loaded before
 * are not stored afterwards. Until then, calls of the same transaction that may be
 * evicted bypass the cache: they see what the transaction has changed, and store nothing
 * of it. A transaction of the method itself is over when the method has returned. One
 * that returns a future or a reactive type may do its work outside of the transaction of
 * the calling thread, and so evicts at once, and once more after the commit; a reactive
 * transaction is treated like one of a thread.
 */
@Target({ ElementType.TYPE, ElementType.METHOD })
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@Repeatable(LlmCacheEvicts.class)
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
	 * Expression that has to be {@code true} for anything to be evicted.
	 * @return an expression, or empty for always
	 */
	String condition() default "";

	/**
	 * Whether to evict before the method runs, even if it then throws. Otherwise it
	 * happens after the method returned.
	 * <p>
	 * A transaction of the method itself has not begun then: answers that others load out
	 * of what it has not committed yet are kept. Within a transaction that was there
	 * before, eviction is asked for before the method runs, and takes effect after the
	 * commit all the same.
	 * @return {@code true} for before
	 */
	boolean beforeInvocation() default false;

	/**
	 * Whether not to wait for the commit of a transaction that the method is called in.
	 * Right for what is not part of it: a document on another server, or the database of
	 * another transaction manager.
	 * @return {@code true} to evict at once, even if the transaction is rolled back
	 */
	boolean atOnce() default false;

}
