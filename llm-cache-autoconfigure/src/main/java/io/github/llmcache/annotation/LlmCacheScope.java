package io.github.llmcache.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks the scope: the tenant or user that an answer belongs to. Answers of one scope are
 * never served to another, unless {@link LlmCached#shareAfterScopes()} or a property
 * allows it. At most once per method.
 *
 * @see LlmCached
 */
@Target({ ElementType.PARAMETER })
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface LlmCacheScope {

}
