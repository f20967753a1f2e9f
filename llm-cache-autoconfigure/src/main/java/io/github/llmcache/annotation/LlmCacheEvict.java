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
 * Entries that match every given criterion are removed. A criterion whose expression
 * gives {@code null} makes the call fail before anything is removed, so that a missing
 * value never widens the eviction. At least one criterion is required, or {@link #all()}.
 * Expressions are those of {@link LlmCached}.
 * <p>
 * Several evictions are carried out in the order in which they are written, those with
 * {@link #beforeInvocation()} first. If the store fails for one, the others are still
 * carried out. If a criterion or a condition of one fails, the call fails: before the
 * method runs, nothing has been removed then; after it, the others are carried out first,
 * because the method has already changed something.
 * <p>
 * If the method is called within a Spring transaction, the eviction takes effect after
 * the commit, and not at all after a rollback. Answers whose load began before the commit
 * are not stored after it. Until the commit, calls within the transaction that the
 * eviction may concern bypass the cache: they see what the transaction has changed, and
 * store nothing of it. A transaction of the method itself is over when the method has
 * returned. A method that returns a future or a reactive type may do its work outside the
 * transaction of the calling thread, so it evicts at once, and again after the commit. A
 * reactive transaction is treated like that of a thread.
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
	 * Expression that must be {@code true} for anything to be evicted.
	 * @return an expression, or empty for always
	 */
	String condition() default "";

	/**
	 * Whether to evict before the method runs, even if it then throws. Otherwise the
	 * eviction happens after the method has returned.
	 * <p>
	 * A transaction of the method itself has not begun at that point, so answers that
	 * others load from the state before its commit are kept. Within an existing
	 * transaction, the eviction is requested before the method runs, and still takes
	 * effect after the commit.
	 * @return {@code true} to evict before the method runs
	 */
	boolean beforeInvocation() default false;

	/**
	 * Whether to evict without waiting for the commit of the transaction that the method
	 * is called in. Use it for what is not part of the transaction: a document on another
	 * server, or the database of another transaction manager.
	 * @return {@code true} to evict at once, even if the transaction is rolled back
	 */
	boolean atOnce() default false;

}
